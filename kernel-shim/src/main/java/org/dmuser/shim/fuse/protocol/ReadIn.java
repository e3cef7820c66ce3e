package org.dmuser.shim.fuse.protocol;

import org.agrona.UnsafeApi;

/**
 * The body of READ, {@code struct fuse_read_in}, at a raw address.
 *
 * <pre>
 *    0         4         8                  16
 *   +-------------------+-------------------+
 * 0 | fh                | offset            |
 *   +---------+---------+-------------------+
 *16 | size    | rflags  | lock owner        |
 *   +---------+---------+-------------------+
 *32 | flags   |         |                       flags: O_ of the open file
 *   +---------+---------+
 * </pre>
 */
public final class ReadIn {
    private static final int FH_OFFSET = 0;
    private static final int OFFSET_OFFSET = 8;
    private static final int SIZE_OFFSET = 16;
    private static final int READ_FLAGS_OFFSET = 20;

    /** Bytes of a body. */
    public static final int LENGTH = 40;

    /** {@code FUSE_READ_LOCKOWNER}: it says who reads. */
    private static final int LOCK_OWNER = 1 << 1;

    private ReadIn() {}

    /** What OPEN was answered with. */
    public static long handle(long address) {
        return UnsafeApi.getLong(address + FH_OFFSET);
    }

    public static long offset(long address) {
        return UnsafeApi.getLong(address + OFFSET_OFFSET);
    }

    /** Whether somebody reads, and not the kernel for its page cache, which reads ahead, and for whomever. */
    public static boolean hasReader(long address) {
        return (UnsafeApi.getInt(address + READ_FLAGS_OFFSET) & LOCK_OWNER) != 0;
    }

    /** Bytes wanted; an answer with fewer is the end of the file. */
    public static int size(long address) {
        return UnsafeApi.getInt(address + SIZE_OFFSET);
    }
}
