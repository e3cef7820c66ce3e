package org.dmuser.shim.fuse.protocol;

import org.agrona.UnsafeApi;

/**
 * The body of FALLOCATE, {@code struct fuse_fallocate_in}, at a raw address.
 *
 * <pre>
 *    0         4         8                  16
 *   +-------------------+-------------------+
 * 0 | fh                | offset            |
 *   +-------------------+---------+---------+
 *16 | length            | mode    |         |   mode: FALLOC_FL_
 *   +-------------------+---------+---------+
 * </pre>
 */
public final class FallocateIn {
    private static final int OFFSET_OFFSET = 8;
    private static final int LENGTH_OFFSET = 16;
    private static final int MODE_OFFSET = 24;

    /** Bytes of a body. */
    public static final int LENGTH = 32;

    private FallocateIn() {}

    public static long offset(long address) {
        return UnsafeApi.getLong(address + OFFSET_OFFSET);
    }

    /** Bytes of the range. */
    public static long length(long address) {
        return UnsafeApi.getLong(address + LENGTH_OFFSET);
    }

    public static int mode(long address) {
        return UnsafeApi.getInt(address + MODE_OFFSET);
    }
}
