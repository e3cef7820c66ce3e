package org.dmuser.bench.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class TimedTest {
    @Test
    void shouldReadWhatTimeHasWritten() {
        assertEquals(new Timed.Cost(3.5, 1.75, 2048 << 10), Timed.Cost.parse(3.5, "1.25 0.50 2048\n"));
    }

    @Test
    void shouldTakeTheLastLine() {
        assertEquals(
                new Timed.Cost(1, 3, 1024),
                Timed.Cost.parse(1, "Command exited with non-zero status 3\n1.00 2.00 1\n"));
    }

    @Test
    void shouldRefuseAnythingElse() {
        assertThrows(IllegalArgumentException.class, () -> Timed.Cost.parse(1, "nothing\n"));
    }
}
