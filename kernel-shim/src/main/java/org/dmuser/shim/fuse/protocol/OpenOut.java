package org.dmuser.shim.fuse.protocol;

import org.agrona.UnsafeApi;

/**
 * The answer to OPEN, {@code struct fuse_open_out}, at a raw address.
 *
 * <pre>
 *    0         4         8                  16
 *   +-------------------+---------+---------+
 * 0 | fh                | flags   | backing |
 *   +-------------------+---------+---------+
 * </pre>
 */
public final class OpenOut {
    private static final int FH_OFFSET = 0;
    private static final int FLAGS_OFFSET = 8;
    private static final int BACKING_OFFSET = 12;

    /** Bytes of a body. */
    public static final int LENGTH = 16;

    /** Reads and writes pass the page cache by. */
    public static final int DIRECT_IO = 1;

    /** No position but where it is: {@code lseek}, {@code pread} and {@code pwrite} fail. */
    public static final int NONSEEKABLE = 1 << 2;

    /** Not even one that reads and writes of several threads would wait for each other for; since 7.31. */
    public static final int STREAM = 1 << 4;

    /** Closing a descriptor is no request; ignored before 7.35. */
    public static final int NO_FLUSH = 1 << 5;

    /** Writes that do not make the file longer need not wait for each other; ignored before 7.39. */
    public static final int PARALLEL_DIRECT_WRITES = 1 << 6;

    private OpenOut() {}

    /** Writes an answer; every open file has the handle 0. */
    public static void put(long address, int flags) {
        put(address, 0, flags);
    }

    /** Writes an answer with the handle that requests on the open file will carry. */
    public static void put(long address, long handle, int flags) {
        UnsafeApi.putLong(address + FH_OFFSET, handle);
        UnsafeApi.putInt(address + FLAGS_OFFSET, flags);
        UnsafeApi.putInt(address + BACKING_OFFSET, 0);
    }
}
