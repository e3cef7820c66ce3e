package org.dmuser.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PlanTest {
    private static final long SIZE = 1 << 30;

    @Test
    void shouldTakeAsLongAsAsked() {
        Plan plan = Plan.fixed(false, 5, SIZE, Duration.ofSeconds(4));

        assertEquals(Duration.ofSeconds(4), plan.perRow(Duration.ofHours(1), 1000, Duration.ofSeconds(1)));
    }

    @Test
    void shouldKeepToTheBudget() {
        Duration budget = Duration.ofMinutes(8);
        Duration elapsed = Duration.ofSeconds(90);
        Duration overhead = Duration.ofMillis(300);

        Duration perRow = Plan.within(budget, 3, SIZE).perRow(elapsed, 288, overhead);

        Duration end = elapsed.plus(perRow.plus(overhead).multipliedBy(288));
        assertTrue(end.compareTo(budget) < 0, end::toString);
        assertTrue(perRow.toMillis() > 900, perRow::toString);
    }

    @Test
    void shouldMeasureAtLeastForAMomentWhenItIsLate() {
        Duration perRow = Plan.within(Duration.ofMinutes(8), 3, SIZE).perRow(Duration.ofMinutes(9), 288, Duration.ZERO);

        assertTrue(perRow.toMillis() > 0, perRow::toString);
    }
}
