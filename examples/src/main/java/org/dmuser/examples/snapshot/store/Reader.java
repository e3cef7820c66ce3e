package org.dmuser.examples.snapshot.store;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Reads what a map says, from the data file, from the base, or from nowhere; neighbours in one go. Any number of
 * threads, each with a buffer of its own.
 */
final class Reader {
    private final BlockMap map;
    private final StoreFile data;
    private final Base base;
    private final int shift;

    Reader(BlockMap map, StoreFile data, Base base, int blockSize) {
        this.map = map;
        this.data = data;
        this.base = base;
        this.shift = Integer.numberOfTrailingZeros(blockSize);
    }

    /** Fills {@code dst}; behind the end of the base there are zeros. */
    void read(long offset, ByteBuffer dst) throws IOException {
        int limit = dst.limit();
        try {
            while (dst.hasRemaining()) {
                int length = readRun(offset, dst, limit);
                offset += length;
                dst.limit(limit);
            }
        } finally {
            dst.limit(limit);
        }
    }

    /** Reads blocks that are beside each other; answers how many bytes. */
    private int readRun(long offset, ByteBuffer dst, int limit) throws IOException {
        int block = (int) (offset >>> shift);
        int inBlock = (int) (offset & (1L << shift) - 1);
        int first = map.entry(block);
        int step = BlockMap.isSlot(first) ? 1 : 0;
        int length = Math.min(limit - dst.position(), (1 << shift) - inBlock);
        int next = first;
        while (length < limit - dst.position() && map.entry(++block) == (next += step)) {
            length = Math.min(limit - dst.position(), length + (1 << shift));
        }
        dst.limit(dst.position() + length);
        if (BlockMap.isSlot(first)) {
            data.read(((long) BlockMap.slot(first) << shift) + inBlock, dst);
        } else if (first == BlockMap.ZERO) {
            Zeros.fill(dst, length);
        } else {
            readBase(offset, dst);
        }
        return length;
    }

    private void readBase(long offset, ByteBuffer dst) throws IOException {
        int end = dst.limit();
        long there = Math.max(0, Math.min(dst.remaining(), base.size() - offset));
        if (there > 0) {
            dst.limit(dst.position() + (int) there);
            base.read(offset, dst);
            dst.limit(end);
        }
        Zeros.fill(dst, dst.remaining());
    }
}
