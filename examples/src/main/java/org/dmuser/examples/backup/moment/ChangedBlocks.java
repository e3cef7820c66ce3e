package org.dmuser.examples.backup.moment;

import java.util.BitSet;

/**
 * Which parts of a frozen device may differ from what they were at an earlier moment. Never too few; it may be too
 * many. Immutable: any thread.
 */
public final class ChangedBlocks {
    private final BitSet blocks;
    private final int blockSize;
    private final long size;

    private ChangedBlocks(BitSet blocks, int blockSize, long size) {
        this.blocks = blocks;
        this.blockSize = blockSize;
        this.size = size;
    }

    /**
     * @param blocks one bit a block; taken over
     * @param size of the device, in bytes; its last block may be shorter than others
     */
    static ChangedBlocks of(BitSet blocks, int blockSize, long size) {
        return new ChangedBlocks(blocks, blockSize, size);
    }

    /** Everything. */
    static ChangedBlocks all(int blockSize, long size) {
        BitSet blocks = new BitSet();
        blocks.set(0, Math.toIntExact((size + blockSize - 1) / blockSize));
        return new ChangedBlocks(blocks, blockSize, size);
    }

    /** Whether any byte of the range may have changed. */
    public boolean touches(long offset, long length) {
        long changed = next(offset);
        return changed >= 0 && changed < offset + length;
    }

    /** The first changed byte at {@code offset} or behind it; negative if there is none. */
    public long next(long offset) {
        int block = blocks.nextSetBit((int) (offset / blockSize));
        return block < 0 ? -1 : Math.max(offset, (long) block * blockSize);
    }

    /** How many bytes they are together. */
    public long bytes() {
        long whole = (long) blocks.cardinality() * blockSize;
        boolean hasLast = size % blockSize != 0 && blocks.get((int) (size / blockSize));
        return hasLast ? whole - blockSize + size % blockSize : whole;
    }
}
