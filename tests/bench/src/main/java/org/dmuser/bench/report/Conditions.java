package org.dmuser.bench.report;

import java.time.Duration;
import java.time.LocalDate;
import java.util.List;

/**
 * Under what conditions a run was made: what a reader needs to judge it, and nothing that tells whose machine it was.
 *
 * @param quick whether the time of a row was what a budget had left for it
 * @param perRow how long each row ran, each time
 * @param repetitions how often
 * @param size of each device, in bytes
 * @param load runnable processes before the run began, the kernel's average over a minute
 * @param versions of what was measured, and with what
 */
public record Conditions(
        LocalDate date,
        boolean quick,
        Duration perRow,
        int repetitions,
        long size,
        int cores,
        String processor,
        long memory,
        String kernel,
        double load,
        List<String> versions) {}
