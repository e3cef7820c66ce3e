package org.dmuser.examples.backup.moment;

import static org.dmuser.examples.backup.tracking.Tracking.BLOCK_SIZE;

import org.dmuser.examples.backup.tracking.Tracking;
import org.dmuser.examples.backup.tracking.TrackingPoint;

/**
 * What of a device need not be read, by chunks of 256 KiB, in which backups are made: one that has changed in part is
 * read as a whole, which is quicker than to make up the rest from an earlier backup.
 *
 * <p>Four blocks are a chunk, so a word of bits is 16 of them.
 */
final class WholeChunks {
    static final int BLOCKS = 256 * 1024 / BLOCK_SIZE;

    /** The lowest bit of each chunk. */
    private static final long LOWEST = 0x1111_1111_1111_1111L;

    private WholeChunks() {}

    /** Of 64 blocks from {@code from} on, a bit for each of a chunk in which nothing has changed. */
    static long unchanged(Tracking tracking, TrackingPoint base, int from) {
        int count = Math.min(Long.SIZE, tracking.blocks() - from);
        long there = count == Long.SIZE ? -1L : (1L << count) - 1;
        // What is behind the end of the device does not keep its last chunk from being a whole one.
        return whole(tracking.unchangedSince(base, from) | ~there) & there;
    }

    /** The bits of each four neighbours of which all are set. */
    static long whole(long bits) {
        long pairs = bits & bits >>> 1;
        return (pairs & pairs >>> 2 & LOWEST) * 0xF;
    }
}
