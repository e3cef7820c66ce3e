package org.dmuser.shim.fuse.protocol;

import org.agrona.UnsafeApi;

/**
 * The body of WRITE, {@code struct fuse_write_in}, at a raw address; the data follows it.
 *
 * <pre>
 *    0         4         8                  16
 *   +-------------------+-------------------+
 * 0 | fh                | offset            |
 *   +---------+---------+-------------------+
 *16 | size    | wflags  | lock owner        |
 *   +---------+---------+-------------------+
 *32 | flags   |         |                       flags: O_ of the open file and of this write
 *   +---------+---------+
 * </pre>
 */
public final class WriteIn {
    private static final int FH_OFFSET = 0;
    private static final int OFFSET_OFFSET = 8;
    private static final int SIZE_OFFSET = 16;
    private static final int FLAGS_OFFSET = 32;

    /** Bytes of a body, without the data. */
    public static final int LENGTH = 40;

    private WriteIn() {}

    /** What OPEN was answered with. */
    public static long handle(long address) {
        return UnsafeApi.getLong(address + FH_OFFSET);
    }

    public static long offset(long address) {
        return UnsafeApi.getLong(address + OFFSET_OFFSET);
    }

    /** Bytes of data. */
    public static int size(long address) {
        return UnsafeApi.getInt(address + SIZE_OFFSET);
    }

    /** The {@code O_} flags of the open file, with O_DSYNC also if only this write is to be durable. */
    public static int flags(long address) {
        return UnsafeApi.getInt(address + FLAGS_OFFSET);
    }
}
