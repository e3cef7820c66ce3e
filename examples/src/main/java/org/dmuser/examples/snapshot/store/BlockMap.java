package org.dmuser.examples.snapshot.store;

/**
 * Where each block of one state of the device is. An entry is a number:
 *
 * <pre>
 *   0          in the base
 *   1          nowhere: it reads as zeros
 *   2 + slot   in a slot of the data file
 * </pre>
 */
interface BlockMap {
    int BASE = 0;
    int ZERO = 1;

    /** The most slots that can be numbered. */
    int SLOTS_MAX = Integer.MAX_VALUE - 2;

    int entry(int block);

    static boolean isSlot(int entry) {
        return entry > ZERO;
    }

    static int slot(int entry) {
        return entry - 2;
    }

    static int ofSlot(int slot) {
        return slot + 2;
    }
}
