package org.dmuser.examples.backup.tracking;

/**
 * The tracking file, byte by byte. Numbers are little endian.
 *
 * <pre>
 *        0  +----------------------------+
 *           | header, slots A and B      |  2 x 512   {@link TrackingHeader}, in a {@link SlotPair}
 *     1024  +----------------------------+
 *           | note, slots A and B        |  2 x 512   {@link OriginNote}, in a {@link SlotPair}
 *     2048  +----------------------------+
 *           | path of the origin         |  length (4), crc32c (4), UTF-8 bytes (at most 2040)
 *     4096  +----------------------------+
 *           | moments                    |  4096 x 16: {@link TrackingPoint#moment} (8), ms since 1970 (8);
 *           |                            |  the one that ended era e is number e mod 4096
 *    69632  +----------------------------+
 *           | marks                      |  1 byte a region of 256 blocks: 1 where eras may be lost with the power
 *           +----------------------------+  up to the next multiple of 4096
 *           | eras                       |  4 bytes a block of 64 KiB: the last era it was written in, 0 for never
 *           +----------------------------+  up to the next multiple of 4096
 * </pre>
 *
 * @param size of the device, in bytes
 */
record TrackingLayout(long size) {
    static final int BLOCK_SIZE = 64 * 1024;
    static final int REGION_BLOCKS = 256;

    static final int HEADER = 0;
    static final int NOTE = 1024;
    static final int PATH = 2048;
    static final int PATH_LENGTH_MAX = 2040;
    static final int MOMENTS = 4096;
    static final int MOMENT_COUNT = 4096;
    static final int MOMENT_SIZE = 16;
    static final int MARKS = MOMENTS + MOMENT_COUNT * MOMENT_SIZE;

    private static final int PAGE = 4096;

    /** Its eras are one buffer of Java's, which has 2 GiB. */
    static final long SIZE_MAX = 31L << 40;

    int blocks() {
        return (int) ((size + BLOCK_SIZE - 1) / BLOCK_SIZE);
    }

    int regions() {
        return (blocks() + REGION_BLOCKS - 1) / REGION_BLOCKS;
    }

    /** Offset of the eras. */
    int eras() {
        return MARKS + wholePages(regions());
    }

    int era(int block) {
        return eras() + block * Integer.BYTES;
    }

    /** Bytes in the file. */
    int length() {
        return eras() + wholePages(blocks() * Integer.BYTES);
    }

    private static int wholePages(int length) {
        return (length + PAGE - 1) / PAGE * PAGE;
    }
}
