package org.dmuser.examples.snapshot.store;

import java.util.Arrays;

/** Slots that were let go of. Any thread. */
final class SlotList {
    private static final int LENGTH_MIN = 64;

    private int[] slots = new int[LENGTH_MIN];
    private int length;

    synchronized void add(int slot) {
        if (length == slots.length) {
            slots = Arrays.copyOf(slots, length * 2);
        }
        slots[length++] = slot;
    }

    synchronized boolean isEmpty() {
        return length == 0;
    }

    /** Empties it; answers what was in it, in order. */
    synchronized int[] take() {
        int[] taken = Arrays.copyOf(slots, length);
        length = 0;
        slots = new int[LENGTH_MIN];
        Arrays.sort(taken);
        return taken;
    }
}
