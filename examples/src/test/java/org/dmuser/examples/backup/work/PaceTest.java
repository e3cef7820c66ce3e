package org.dmuser.examples.backup.work;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class PaceTest {
    private static final long SECOND_NS = 1_000_000_000L;

    private final Pace pace = new Pace();

    private Progress.State note(long seconds, String doing, long done) {
        Progress.State state = new Progress.State(doing, done, 10_000);
        pace.note(seconds * SECOND_NS, state);
        return state;
    }

    @Test
    void shouldSayNothingWhenItHasJustBegun() {
        Progress.State state = note(5, "reading", 0);
        assertEquals(0, pace.rate());
        assertEquals(OptionalLong.empty(), pace.secondsLeft(state));
    }

    @Test
    void shouldEstimateByRecentRateWhenItHasChanged() {
        // 400 bytes a second for ten seconds, then 100
        for (int i = 0; i <= 10; i++) {
            note(i, "reading", 400L * i);
        }
        Progress.State state = null;
        for (int i = 1; i <= 20; i++) {
            state = note(10 + i, "reading", 4000 + 100L * i);
        }
        assertEquals(100, pace.rate());
        assertEquals(OptionalLong.of(40), pace.secondsLeft(state));
    }

    @Test
    void shouldForgetRateWhenAnotherStepBegins() {
        note(0, "reading", 0);
        note(10, "reading", 10_000);
        Progress.State state = note(11, "writing", 0);
        assertEquals(0, pace.rate());
        assertEquals(OptionalLong.empty(), pace.secondsLeft(state));
    }

    @Test
    void shouldEstimateNothingWhenNothingMoves() {
        note(0, "reading", 500);
        Progress.State state = note(60, "reading", 500);
        assertEquals(0, pace.rate());
        assertEquals(OptionalLong.empty(), pace.secondsLeft(state));
    }

    @Test
    void shouldCountNoMoreThanThereIs() {
        Progress progress = new Progress();
        progress.begin("reading", 100);
        progress.add(64);
        assertEquals(new Progress.State("reading", 64, 100), progress.state());
        progress.add(64);
        assertEquals(new Progress.State("reading", 100, 100), progress.state());
        progress.begin("writing", 7);
        assertEquals(new Progress.State("writing", 0, 7), progress.state());
    }
}
