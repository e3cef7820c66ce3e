package org.dmuser.bench.backup;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A piece of an image, in bytes.
 *
 * @param offset where it begins
 */
record Extent(long offset, int length) {
    private static final int FILE = 4 << 20;
    private static final int BLOCK = 4 << 10;

    /** What files of 4 MiB that are written anew come to: pieces that do not overlap, one percent of an image. */
    static List<Extent> files(long size, long seed) {
        return some(size, FILE, seed);
    }

    /** What a database leaves: blocks of 4 KiB all over an image, one percent of it. */
    static List<Extent> scattered(long size, long seed) {
        return some(size, BLOCK, seed);
    }

    /** One in each hundredth of as many parts as there are pieces. */
    private static List<Extent> some(long size, int length, long seed) {
        Random random = new Random(seed);
        long part = 100L * length;
        List<Extent> extents = new ArrayList<>();
        for (long start = 0; start + part <= size; start += part) {
            extents.add(new Extent(start + random.nextInt(100) * (long) length, length));
        }
        return extents;
    }
}
