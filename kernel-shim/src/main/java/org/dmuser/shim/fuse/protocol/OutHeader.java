package org.dmuser.shim.fuse.protocol;

import org.agrona.UnsafeApi;

/**
 * What every answer begins with, {@code struct fuse_out_header}, at a raw address.
 *
 * <pre>
 *    0         4         8                  16
 *   +---------+---------+-------------------+
 * 0 | len     | error   | unique            |   len: bytes of the answer, this header included
 *   +---------+---------+-------------------+   error: 0, or a negated errno with nothing behind the header
 * </pre>
 */
public final class OutHeader {
    private static final int LEN_OFFSET = 0;
    private static final int ERROR_OFFSET = 4;
    private static final int UNIQUE_OFFSET = 8;

    /** Bytes of a header. */
    public static final int LENGTH = 16;

    private OutHeader() {}

    /** Writes the header of an answer with {@code bodyLength} bytes behind it. */
    public static void putOk(long address, long unique, int bodyLength) {
        put(address, unique, 0, LENGTH + bodyLength);
    }

    /** Writes an answer that is an error: {@code errno} is positive. */
    public static void putError(long address, long unique, int errno) {
        put(address, unique, -errno, LENGTH);
    }

    private static void put(long address, long unique, int error, int length) {
        UnsafeApi.putInt(address + LEN_OFFSET, length);
        UnsafeApi.putInt(address + ERROR_OFFSET, error);
        UnsafeApi.putLong(address + UNIQUE_OFFSET, unique);
    }
}
