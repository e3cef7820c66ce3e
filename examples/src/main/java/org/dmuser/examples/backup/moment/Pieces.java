package org.dmuser.examples.backup.moment;

import static org.dmuser.examples.backup.tracking.Tracking.BLOCK_SIZE;

import java.nio.ByteBuffer;

/**
 * What is copied at least when something is overwritten: 4 KiB, since that is what file systems write. Those of a chunk
 * are the bits of a word.
 *
 * <pre>
 *   device   | chunk 0, 256 KiB              | chunk 1                       | ...
 *   blocks   |   0   |   1   |   2   |   3   |   4   |   5   |   6   |   7   |
 *   pieces    0 .. 15 16 ..31 32 ..47 48 ..63 0 .. 15                             bits of the chunk's word
 * </pre>
 */
final class Pieces {
    static final int SIZE = 4096;
    static final int CHUNK = Long.SIZE * SIZE;

    /** The pieces of a block. */
    private static final long BLOCK = (1L << BLOCK_SIZE / SIZE) - 1;

    private Pieces() {}

    static int chunk(long offset) {
        return (int) (offset / CHUNK);
    }

    /** Where the chunk ends that has {@code offset}, or the range that ends at {@code end}. */
    static long chunkEnd(long offset, long end) {
        return Math.min(end, (chunk(offset) + 1L) * CHUNK);
    }

    /** Those that a range has a part of, which is not empty and does not leave its chunk. */
    static long touched(long from, long to) {
        int first = (int) (from % CHUNK / SIZE);
        int last = (int) ((to - 1) % CHUNK / SIZE);
        return -1L << first & -1L >>> Long.SIZE - 1 - last;
    }

    /** So many, from {@code first} on; 1 to 64. */
    static long following(int first, int count) {
        return -1L >>> Long.SIZE - count << first;
    }

    /**
     * What a buffer has of the first run of {@code pieces}, whose bytes are then from its position to its limit.
     *
     * @param from where the device has what {@code buffer} begins with at its position, which does not leave the chunk
     *     and has some of these pieces
     */
    static ByteBuffer firstRun(long pieces, long from, ByteBuffer buffer) {
        int inChunk = (int) (from % CHUNK);
        int start = Long.numberOfTrailingZeros(pieces) * SIZE;
        int end = start + run(pieces) * SIZE;
        ByteBuffer part = buffer.duplicate();
        part.limit((int) Math.min(buffer.limit(), (long) buffer.position() + end - inChunk));
        return part.position(buffer.position() + Math.max(0, start - inChunk));
    }

    /** Those of the four blocks of a chunk, which are the lowest bits of {@code blocks}. */
    static long ofBlocks(long blocks) {
        long firsts = blocks & 1 | (blocks & 2) << 15 | (blocks & 4) << 30 | (blocks & 8) << 45;
        return firsts * BLOCK;
    }

    /** How many follow each other from the lowest one on; {@code pieces} has one at least. */
    static int run(long pieces) {
        return Long.numberOfTrailingZeros(~(pieces >>> Long.numberOfTrailingZeros(pieces)));
    }

    /** Without its first run. */
    static long withoutRun(long pieces) {
        // The carry goes through the run and stops where it ends.
        return pieces & pieces + (pieces & -pieces);
    }
}
