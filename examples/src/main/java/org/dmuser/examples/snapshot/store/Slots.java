package org.dmuser.examples.snapshot.store;

import java.util.Arrays;

/**
 * Which slots of the data file are in use, and which of those the live map has to itself because they were written
 * after the last snapshot. Not to be taken for free until what let go of it has been committed.
 *
 * <p>Any thread; the monitor has no other inside. {@link #isOwn} is asked without it: a slot that is said to be owned
 * is, until the next snapshot.
 */
final class Slots {
    private static final int WORD_BITS = Long.SIZE;
    private static final int WORDS_MIN = 16;

    private final int max;
    private long[] used = new long[WORDS_MIN];
    private volatile long[] own = new long[WORDS_MIN];
    private int usedCount;

    /** No slot below it is free. */
    private int lowestFree;

    /**
     * None in use.
     *
     * @param max how many may be
     */
    Slots(int max) {
        this.max = max;
    }

    /**
     * Takes up to {@code count} free slots in a row, the lowest ones there are.
     *
     * @return how many, in the upper half, and the first one in the lower; 0 if there is none
     */
    synchronized long allocate(int count) {
        int room = Math.min(count, max - usedCount);
        if (room <= 0) {
            return 0;
        }
        int first = lowestFree;
        while (isSet(used, first)) {
            first = isFull(first) ? (first / WORD_BITS + 1) * WORD_BITS : first + 1;
        }
        int taken = 0;
        while (taken < room && !isSet(used, first + taken)) {
            take(first + taken);
            taken++;
        }
        lowestFree = first + taken;
        return (long) taken << Integer.SIZE | first;
    }

    static int count(long allocated) {
        return (int) (allocated >>> Integer.SIZE);
    }

    static int first(long allocated) {
        return (int) allocated;
    }

    private boolean isFull(int slot) {
        return slot % WORD_BITS == 0 && slot / WORD_BITS < used.length && used[slot / WORD_BITS] == -1L;
    }

    private void take(int slot) {
        used = withRoom(used, slot);
        used[slot / WORD_BITS] |= 1L << slot;
        usedCount++;
        own = withRoom(own, slot);
        own[slot / WORD_BITS] |= 1L << slot;
    }

    /** Notes that a slot is in use; more than once is fine. */
    synchronized void noteUsed(int slot) {
        if (!isSet(used, slot)) {
            used = withRoom(used, slot);
            used[slot / WORD_BITS] |= 1L << slot;
            usedCount++;
        }
    }

    /** Makes slots free, all of which are in use. */
    synchronized void free(int first, int count) {
        for (int slot = first; slot < first + count; slot++) {
            used[slot / WORD_BITS] &= ~(1L << slot);
            if (isSet(own, slot)) {
                own[slot / WORD_BITS] &= ~(1L << slot);
            }
        }
        usedCount -= count;
        lowestFree = Math.min(lowestFree, first);
    }

    /** Whether the live map has it to itself, as far as is known. */
    boolean isOwn(int slot) {
        return isSet(own, slot);
    }

    synchronized void setOwn(int slot) {
        own = withRoom(own, slot);
        own[slot / WORD_BITS] |= 1L << slot;
    }

    /** From now on the live map has none to itself. Nobody else may be at work. */
    synchronized void shareAll() {
        own = new long[used.length];
    }

    synchronized int usedCount() {
        return usedCount;
    }

    int max() {
        return max;
    }

    /** One more than the last slot in use. */
    synchronized int end() {
        int word = used.length - 1;
        while (word >= 0 && used[word] == 0) {
            word--;
        }
        return word < 0 ? 0 : (word + 1) * WORD_BITS - Long.numberOfLeadingZeros(used[word]);
    }

    synchronized boolean isUsed(int slot) {
        return isSet(used, slot);
    }

    private static boolean isSet(long[] bits, int slot) {
        return slot / WORD_BITS < bits.length && (bits[slot / WORD_BITS] & 1L << slot) != 0;
    }

    private static long[] withRoom(long[] bits, int slot) {
        int word = slot / WORD_BITS;
        return word < bits.length ? bits : Arrays.copyOf(bits, Math.max(word + 1, bits.length * 2));
    }
}
