package org.dmuser.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class PatienceTest {
    private static final long QUICK_NS = 10_000;
    private static final long LOOK_MAX_NS = 500_000;

    private final Patience patience = new Patience();

    @Test
    void shouldNotLookBeforeItHasSeenAnything() {
        assertEquals(0, patience.lookNs());
    }

    @Test
    void shouldLookAfterSomeQuickWaitsAndLongerThanTheyTook() {
        waited(10, QUICK_NS);
        assertTrue(patience.lookNs() > QUICK_NS, () -> patience.lookNs() + " ns");
        waited(1000, 0);
        assertTrue(patience.lookNs() > 0);
    }

    @Test
    void shouldNeverLookForLong() {
        for (long ns = 0; ns < 1_000_000; ns += 1000) {
            patience.waited(ns);
            assertTrue(patience.lookNs() >= 0 && patience.lookNs() <= LOOK_MAX_NS);
        }
    }

    @Test
    void shouldGiveUpAfterSomeSlowWaits() {
        waited(10, QUICK_NS);
        waited(3, 10 * LOOK_MAX_NS);
        assertEquals(0, patience.lookNs());
    }

    /** However long, a pause is forgotten after a few quick waits. */
    @Test
    void shouldForgetAPause() {
        waited(10, QUICK_NS);
        patience.waited(Long.MAX_VALUE);
        assertEquals(0, patience.lookNs());
        waited(10, QUICK_NS);
        assertTrue(patience.lookNs() > 0);
    }

    @Test
    void shouldBearAClockThatStandsStillOrGoesBack() {
        waited(1000, -1);
        assertTrue(patience.lookNs() > 0 && patience.lookNs() <= LOOK_MAX_NS);
    }

    private void waited(int times, long ns) {
        for (int i = 0; i < times; i++) {
            patience.waited(ns);
        }
    }
}
