package org.dmuser.shim.fuse.protocol;

import org.agrona.UnsafeApi;

/**
 * The body of OPEN, {@code struct fuse_open_in}, at a raw address.
 *
 * <pre>
 *    0         4         8
 *   +---------+---------+
 * 0 | flags   | oflags  |   flags: O_, without O_CREAT, O_EXCL and O_NOCTTY
 *   +---------+---------+
 * </pre>
 */
public final class OpenIn {
    /** Bytes of a body. */
    public static final int LENGTH = 8;

    private OpenIn() {}

    public static int flags(long address) {
        return UnsafeApi.getInt(address);
    }
}
