package org.dmuser.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.dmuser.bench.fio.Row;
import org.junit.jupiter.api.Test;

class GoalTest {
    private static final List<Row> SMALL = List.of(Row.R4K, Row.W4K);

    private final Results results = Made.results(
            List.of(Made.sample("ours", Row.R4K, 400), Made.sample("ours", Row.W4K, 100)),
            Made.even("theirs", Row.FILE, 100));

    @Test
    void shouldLookAtTheLowestRatio() {
        Goal.Outcome outcome = Goal.each("ours", "theirs", SMALL, 1.5).in(results);

        assertEquals(Map.of(Row.R4K, 4.0, Row.W4K, 1.0), outcome.ratios());
        assertEquals(OptionalDouble.of(1.0), outcome.reached());
        assertFalse(outcome.isReached());
    }

    @Test
    void shouldBeReachedByExactlyWhatIsAskedFor() {
        assertTrue(Goal.each("ours", "theirs", SMALL, 1.0).in(results).isReached());
    }

    @Test
    void shouldLookAtTheMean() {
        Goal.Outcome outcome = Goal.mean("ours", "theirs", SMALL, 1.9).in(results);

        assertEquals(2.0, outcome.reached().orElseThrow(), 1e-9);
        assertTrue(outcome.isReached());
    }

    @Test
    void shouldBeOpenAsLongAsARowIsMissing() {
        Goal.Outcome outcome = Goal.each("ours", "theirs", Row.FILE, 0.5).in(results);

        assertEquals(OptionalDouble.empty(), outcome.reached());
        assertEquals(2, outcome.ratios().size());
        assertFalse(outcome.isReached());
    }
}
