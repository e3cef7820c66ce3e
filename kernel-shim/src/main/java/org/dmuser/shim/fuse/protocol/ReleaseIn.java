package org.dmuser.shim.fuse.protocol;

import org.agrona.UnsafeApi;

/**
 * The body of RELEASE, {@code struct fuse_release_in}, at a raw address.
 *
 * <pre>
 *    0         4         8                  16
 *   +-------------------+---------+---------+
 * 0 | fh                | flags   | rflags  |   flags: O_ of the open file
 *   +-------------------+---------+---------+
 *16 | lock owner        |
 *   +-------------------+
 * </pre>
 */
public final class ReleaseIn {
    /** Bytes of a body. */
    public static final int LENGTH = 24;

    private ReleaseIn() {}

    /** What OPEN was answered with. */
    public static long handle(long address) {
        return UnsafeApi.getLong(address);
    }
}
