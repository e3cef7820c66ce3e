package org.dmuser.bench.report;

import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import org.dmuser.sdk.config.ByteSize;

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
        List<String> versions) {
    /** Idle, a machine has a load next to nothing. */
    private static final double LOAD_MAX = 0.5;

    /** A line of a list of caveats, or nothing. */
    public String caveat() {
        return load > LOAD_MAX
                ? "- **The machine was busy before the run** (see its load below): do not rely on this page.\n"
                : "";
    }

    /** A table in Markdown; {@code measured} is lines of it that say what was measured, and how often. */
    public String table(String measured) {
        return """
                | | |
                |---|---|
                | date | %s |
                | processor | %s, %d cores |
                | memory | %s |
                | kernel | %s |
                | load before | %.2f |
                %s| versions | %s |
                """.formatted(
                        date,
                        processor,
                        cores,
                        ByteSize.format(memory >> 30 << 30),
                        kernel,
                        load,
                        measured,
                        String.join("; ", versions));
    }
}
