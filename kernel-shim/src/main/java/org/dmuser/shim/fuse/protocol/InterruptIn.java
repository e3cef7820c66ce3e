package org.dmuser.shim.fuse.protocol;

import org.agrona.UnsafeApi;

/**
 * The body of INTERRUPT, {@code struct fuse_interrupt_in}, at a raw address.
 *
 * <pre>
 *    0                   8
 *   +-------------------+
 * 0 | unique            |   of the request that somebody would rather not wait for any longer
 *   +-------------------+
 * </pre>
 */
public final class InterruptIn {
    /** Bytes of a body. */
    public static final int LENGTH = 8;

    private InterruptIn() {}

    /** What names the request. */
    public static long unique(long address) {
        return UnsafeApi.getLong(address);
    }
}
