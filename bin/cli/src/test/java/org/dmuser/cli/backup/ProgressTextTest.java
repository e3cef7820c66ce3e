package org.dmuser.cli.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.dmuser.examples.backup.work.Pace;
import org.dmuser.examples.backup.work.Progress;
import org.junit.jupiter.api.Test;

class ProgressTextTest {
    private static final long SECOND_NS = 1_000_000_000L;
    private static final long MIB = 1 << 20;

    private final Pace pace = new Pace();

    private Progress.State state(long second, long done, long total) {
        Progress.State state = new Progress.State("reading", done, total);
        pace.note(second * SECOND_NS, state);
        return state;
    }

    @Test
    void shouldShowNoEstimateWhenThereIsNone() {
        Progress.State state = state(0, 0, 400 * MIB);
        assertEquals("reading [>                   ] 0 %, 0 bytes of 400 MiB", ProgressText.bar(state, pace));
        assertEquals(
                "{\"doing\": \"reading\", \"bytes_done\": 0, \"bytes_total\": 419430400, \"bytes_per_second\": 0}",
                ProgressText.json(state, pace));
    }

    @Test
    void shouldShowRateAndTimeLeft() {
        state(0, 0, 400 * MIB);
        Progress.State state = state(2, 100 * MIB, 400 * MIB);
        assertEquals(
                "reading [=====>              ] 25 %, 100 MiB of 400 MiB, 50.0 MiB/s, 6 s left",
                ProgressText.bar(state, pace));
    }

    @Test
    void shouldNotSayAllIsDoneWhenAByteIsMissing() {
        state(0, 0, 1000 * MIB);
        String almost = ProgressText.bar(state(2, 1000 * MIB - 1, 1000 * MIB), pace);
        assertEquals("reading [===================>] 99 %, 1000 MiB of 1000 MiB, 500 MiB/s, 1 s left", almost);
        String all = ProgressText.bar(state(3, 1000 * MIB, 1000 * MIB), pace);
        assertEquals("reading [====================] 100 %, 1000 MiB of 1000 MiB, 333 MiB/s", all);
    }
}
