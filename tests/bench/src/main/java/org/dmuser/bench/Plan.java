package org.dmuser.bench;

import java.time.Duration;

/**
 * How long and how often.
 *
 * @param perRow how long each row runs, each time; zero: as long as the budget allows
 * @param budget how long all of it may take, from start to end; zero: as long as it takes
 * @param warmUp how long each contender is used before anything is measured
 * @param size of each device, in bytes
 */
record Plan(boolean quick, int repetitions, long size, Duration perRow, Duration budget, Duration warmUp) {
    /** What taking everything down takes, and what goes wrong with all estimates. */
    private static final Duration RESERVE = Duration.ofSeconds(30);

    private static final Duration SHORTEST = Duration.ofMillis(200);
    private static final Duration QUICK_WARM_UP = Duration.ofMillis(1500);
    private static final Duration WARM_UP = Duration.ofSeconds(5);

    static Plan fixed(boolean quick, int repetitions, long size, Duration perRow) {
        return new Plan(quick, repetitions, size, perRow, Duration.ZERO, quick ? QUICK_WARM_UP : WARM_UP);
    }

    static Plan within(Duration budget, int repetitions, long size) {
        return new Plan(true, repetitions, size, Duration.ZERO, budget, QUICK_WARM_UP);
    }

    /**
     * How long each row runs, each time.
     *
     * @param elapsed since the start
     * @param measurements how many are to come
     * @param overhead what fio takes for each, beyond that
     */
    Duration perRow(Duration elapsed, int measurements, Duration overhead) {
        if (!perRow.isZero()) {
            return perRow;
        }
        Duration each =
                budget.minus(RESERVE).minus(elapsed).dividedBy(measurements).minus(overhead);
        return each.compareTo(SHORTEST) < 0 ? SHORTEST : each;
    }
}
