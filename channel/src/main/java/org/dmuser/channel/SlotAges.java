package org.dmuser.channel;

import java.util.Arrays;

/**
 * How long messages have been in their slots, as seen by somebody who looks now and then: whoever gives them out need
 * not read a clock. So an age is too small by up to the time between two looks. For one thread at a time.
 */
final class SlotAges {
    private final long[] seqs;
    private final long[] seenNs;

    SlotAges(int slotCount) {
        seqs = new long[slotCount];
        Arrays.fill(seqs, -1);
        seenNs = new long[slotCount];
    }

    /** How long ago the message of that number was first seen in the slot, which may be now. */
    long ageNs(int slot, long seq, long nowNs) {
        if (seqs[slot] != seq) {
            seqs[slot] = seq;
            seenNs[slot] = nowNs;
        }
        return nowNs - seenNs[slot];
    }
}
