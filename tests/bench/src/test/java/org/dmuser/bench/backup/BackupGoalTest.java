package org.dmuser.bench.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class BackupGoalTest {
    private static BackupGoal goal(Quantity quantity) {
        return BackupGoal.ALL.stream()
                .filter(it -> it.quantity() == quantity)
                .findFirst()
                .orElseThrow();
    }

    private static Measurements of(Quantity quantity, Who own, double value, Who other, double otherValue) {
        return new Measurements(
                List.of(new Measurement(quantity, own, value), new Measurement(quantity, other, otherValue)));
    }

    @Test
    void shouldCountTimesAsFastWhenLessTimeIsBetter() {
        BackupGoal goal = goal(Quantity.FIRST);
        OptionalDouble reached = goal.reached(of(Quantity.FIRST, Who.DMUSER, 10, Who.RESTIC, 20));

        assertEquals(2.0, reached.orElseThrow(), 1e-9);
        assertTrue(goal.holds(1.5));
        assertFalse(goal.holds(1.49));
    }

    @Test
    void shouldCountTimesAsFastWhenMoreRequestsAreBetter() {
        BackupGoal goal = goal(Quantity.WRITERS_4K);
        OptionalDouble reached = goal.reached(of(Quantity.WRITERS_4K, Who.DURING, 30_000, Who.ALONE, 40_000));

        assertEquals(0.75, reached.orElseThrow(), 1e-9);
        assertTrue(goal.holds(0.75));
    }

    @Test
    void shouldBoundTimesAsMuchFromAbove() {
        BackupGoal goal = goal(Quantity.SIZE);
        OptionalDouble reached = goal.reached(of(Quantity.SIZE, Who.DMUSER, 1.2e9, Who.RESTIC, 1e9));

        assertEquals(1.2, reached.orElseThrow(), 1e-9);
        assertFalse(goal.holds(1.2));
        assertTrue(goal.holds(1.1));
    }

    @Test
    void shouldBoundANumberItself() {
        BackupGoal goal = goal(Quantity.MOUNT_FIRST_BYTE);
        Measurements measurements =
                new Measurements(List.of(new Measurement(Quantity.MOUNT_FIRST_BYTE, Who.DMUSER, 0.012)));

        assertEquals(0.012, goal.reached(measurements).orElseThrow(), 1e-9);
        assertTrue(goal.holds(0.012));
        assertFalse(goal.holds(0.3));
        assertEquals("under 300 ms", goal.text());
    }

    @Test
    void shouldBeOpenWhileSomebodyWasNotMeasured() {
        Measurements measurements = new Measurements(List.of(new Measurement(Quantity.FIRST, Who.DMUSER, 10)));

        assertEquals(OptionalDouble.empty(), goal(Quantity.FIRST).reached(measurements));
    }
}
