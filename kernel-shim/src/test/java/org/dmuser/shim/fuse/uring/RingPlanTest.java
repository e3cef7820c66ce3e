package org.dmuser.shim.fuse.uring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Which ring serves which processors. */
final class RingPlanTest {
    @Test
    void shouldHaveARingForEachProcessor() {
        assertEquals(
                List.of(new RingPlan(0, List.of(0), 264), new RingPlan(1, List.of(1), 264)),
                RingPlan.of(2, BitSet.valueOf(new long[] {3})));
    }

    @Test
    void shouldServeTheProcessorsItMayNotRunOnToo() {
        assertEquals(
                List.of(new RingPlan(1, List.of(1, 0, 4), 170), new RingPlan(3, List.of(3, 2, 5), 170)),
                RingPlan.of(6, BitSet.valueOf(new long[] {0b1010})));
    }

    @Test
    void shouldDoWithoutAProcessorOfItsOwn() {
        assertEquals(List.of(new RingPlan(RingThread.NOT_PINNED, List.of(0, 1), 264)), RingPlan.of(2, new BitSet()));
        assertEquals(
                List.of(new RingPlan(RingThread.NOT_PINNED, List.of(0), 264)),
                RingPlan.of(1, BitSet.valueOf(new long[] {0b100})));
    }

    @Test
    void shouldServeEveryProcessorOnceWhereThereAreMany() {
        BitSet allowed = new BitSet();
        allowed.set(10, 14);
        List<RingPlan> plans = RingPlan.of(300, allowed);
        assertEquals(4, plans.size());
        assertEquals(
                IntStream.range(0, 300).boxed().toList(),
                plans.stream().flatMap(it -> it.queues().stream()).sorted().toList());
        assertTrue(plans.stream().allMatch(it -> it.entriesPerQueue() == 32));
    }

    @Test
    void shouldCountProcessors() {
        assertEquals(1, RingPlan.count("0"));
        assertEquals(2, RingPlan.count("0-1"));
        assertEquals(6, RingPlan.count("0-3,8,10"));
    }
}
