package org.dmuser.shim.fuse.protocol;

import org.agrona.UnsafeApi;

/**
 * The body of SETATTR, {@code struct fuse_setattr_in}, at a raw address. It is answered with {@link AttrOut}.
 *
 * <pre>
 *    0         4         8                  16
 *   +---------+---------+-------------------+
 * 0 | valid   |         | fh                |   valid: which of the others mean anything
 *   +---------+---------+-------------------+
 *16 | size              | ...               |   then lock owner, times, mode, owner
 *   +-------------------+-------------------+
 * </pre>
 */
public final class SetattrIn {
    private static final int VALID_OFFSET = 0;
    private static final int SIZE_OFFSET = 16;

    /** Bytes of a body. */
    public static final int LENGTH = 88;

    private static final int FATTR_SIZE = 1 << 3;

    private SetattrIn() {}

    /** Whether it is a truncation, to {@link #size}. */
    public static boolean setsSize(long address) {
        return (UnsafeApi.getInt(address + VALID_OFFSET) & FATTR_SIZE) != 0;
    }

    public static long size(long address) {
        return UnsafeApi.getLong(address + SIZE_OFFSET);
    }
}
