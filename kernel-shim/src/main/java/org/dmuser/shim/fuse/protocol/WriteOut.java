package org.dmuser.shim.fuse.protocol;

import org.agrona.UnsafeApi;

/**
 * The answer to WRITE, {@code struct fuse_write_out}, at a raw address.
 *
 * <pre>
 *    0         4         8
 *   +---------+---------+
 * 0 | size    |         |   size: bytes written
 *   +---------+---------+
 * </pre>
 */
public final class WriteOut {
    /** Bytes of a body. */
    public static final int LENGTH = 8;

    private WriteOut() {}

    public static void put(long address, int size) {
        UnsafeApi.putInt(address, size);
        UnsafeApi.putInt(address + Integer.BYTES, 0);
    }
}
