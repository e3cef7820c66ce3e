package org.dmuser.shim.fuse.protocol;

import org.agrona.UnsafeApi;

/**
 * The answer to STATFS, {@code struct fuse_statfs_out}, at a raw address.
 *
 * <pre>
 *    0         4         8                  16
 *   +-------------------+-------------------+
 * 0 | blocks            | free              |   blocks: of frsize
 *   +-------------------+-------------------+
 *16 | available         | files             |
 *   +-------------------+---------+---------+
 *32 | free files        | bsize   | namelen |
 *   +---------+---------+---------+---------+
 *48 | frsize  |         | spare ...
 *   +---------+---------+
 * </pre>
 */
public final class StatfsOut {
    private static final int BLOCKS_OFFSET = 0;
    private static final int FILES_OFFSET = 24;
    private static final int BSIZE_OFFSET = 40;
    private static final int FRSIZE_OFFSET = 48;

    /** Bytes of a body. */
    public static final int LENGTH = 80;

    private StatfsOut() {}

    /** Writes a file system of one file, which takes up all {@code blocks} of {@code blockSize} bytes. */
    public static void put(long address, long blocks, int blockSize) {
        UnsafeApi.setMemory(address, LENGTH, (byte) 0);
        UnsafeApi.putLong(address + BLOCKS_OFFSET, blocks);
        UnsafeApi.putLong(address + FILES_OFFSET, 1);
        UnsafeApi.putInt(address + BSIZE_OFFSET, blockSize);
        UnsafeApi.putInt(address + FRSIZE_OFFSET, blockSize);
    }
}
