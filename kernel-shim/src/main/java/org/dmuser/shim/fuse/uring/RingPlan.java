package org.dmuser.shim.fuse.uring;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Which ring serves which queues. The kernel has a queue for every processor there might be, and wants entries for all
 * of them; threads are of use only on those that this process may run on.
 *
 * @param processor where the ring's thread runs, or {@link RingThread#NOT_PINNED}
 * @param queues whose requests it has, its processor's own first
 * @param entriesPerQueue how many of them at a time
 */
record RingPlan(int processor, List<Integer> queues, int entriesPerQueue) {
    /** Enough for as many requests as may be under way, and for those that are refused or do not wait. */
    private static final int ENTRIES_MAX = 264;

    private static final int ENTRIES_MIN = 32;

    /** For all queues together, as long as each has {@link #ENTRIES_MIN}: they cost the kernel some 400 bytes each. */
    private static final int ENTRIES_OF_ALL = 1024;

    /** How many numbers there are in a list like {@code 0-3,8}. */
    static int count(String list) {
        int count = 0;
        for (String range : list.split(",")) {
            String[] ends = range.split("-");
            count += Integer.parseInt(ends[ends.length - 1]) - Integer.parseInt(ends[0]) + 1;
        }
        return count;
    }

    /**
     * One ring for each processor that may be used, and the queues of the others spread over them.
     *
     * @param possible how many processors the kernel counts, from 0 on
     */
    static List<RingPlan> of(int possible, BitSet allowed) {
        int entries = Math.max(ENTRIES_MIN, Math.min(ENTRIES_MAX, ENTRIES_OF_ALL / possible));
        int[] own = allowed.stream().filter(processor -> processor < possible).toArray();
        int[] processors = own.length == 0 ? new int[] {RingThread.NOT_PINNED} : own;
        List<RingPlan> plans = new ArrayList<>();
        for (int processor : processors) {
            plans.add(new RingPlan(processor, new ArrayList<>(), entries));
        }
        for (int i = 0; i < own.length; i++) {
            plans.get(i).queues.add(own[i]);
        }
        int[] others = IntStream.range(0, possible)
                .filter(i -> own.length == 0 || !allowed.get(i))
                .toArray();
        for (int i = 0; i < others.length; i++) {
            plans.get(i % plans.size()).queues.add(others[i]);
        }
        return plans;
    }
}
