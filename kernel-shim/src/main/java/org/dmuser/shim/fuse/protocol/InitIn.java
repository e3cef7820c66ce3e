package org.dmuser.shim.fuse.protocol;

import org.agrona.UnsafeApi;

/**
 * The body of INIT, {@code struct fuse_init_in}, at a raw address.
 *
 * <pre>
 *    0         4         8        12        16
 *   +---------+---------+---------+---------+
 * 0 | major   | minor   |readahead| flags   |   readahead: bytes
 *   +---------+---------+---------+---------+
 *16 | flags2  | unused ...                      from 7.36 on; means something if INIT_EXT is offered
 *   +---------+
 * </pre>
 */
final class InitIn {
    private static final int MAJOR_OFFSET = 0;
    private static final int MINOR_OFFSET = 4;
    private static final int MAX_READAHEAD_OFFSET = 8;
    private static final int FLAGS_OFFSET = 12;
    private static final int FLAGS2_OFFSET = 16;

    /** Bytes of a body of an older kernel. */
    static final int LENGTH_WITHOUT_FLAGS2 = 16;

    private InitIn() {}

    static int major(long address) {
        return UnsafeApi.getInt(address + MAJOR_OFFSET);
    }

    static int minor(long address) {
        return UnsafeApi.getInt(address + MINOR_OFFSET);
    }

    static int maxReadahead(long address) {
        return UnsafeApi.getInt(address + MAX_READAHEAD_OFFSET);
    }

    /** {@link InitFlags}, the lower half. */
    static long flags(long address) {
        return Integer.toUnsignedLong(UnsafeApi.getInt(address + FLAGS_OFFSET));
    }

    /** {@link InitFlags}, the upper half. */
    static long flags2(long address) {
        return Integer.toUnsignedLong(UnsafeApi.getInt(address + FLAGS2_OFFSET)) << Integer.SIZE;
    }
}
