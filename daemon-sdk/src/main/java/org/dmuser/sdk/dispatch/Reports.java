package org.dmuser.sdk.dispatch;

import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Passes lines on, but only so many a second: a failing disk under load must not fill the log, nor wait for it. Any
 * thread.
 */
final class Reports {
    static final int LINES_PER_SECOND = 10;

    private static final long SECOND_NS = 1_000_000_000L;

    private final Consumer<String> sink;
    private final LongSupplier clockNs;

    private long secondStartNs;
    private int lines;
    private long leftOut;

    Reports(Consumer<String> sink, LongSupplier clockNs) {
        this.sink = sink;
        this.clockNs = clockNs;
        secondStartNs = clockNs.getAsLong();
    }

    synchronized void add(String line) {
        if (clockNs.getAsLong() - secondStartNs >= SECOND_NS) {
            startSecond();
        }
        if (lines++ < LINES_PER_SECOND) {
            pass(line);
        } else {
            leftOut++;
        }
    }

    /** One line was not passed on, for a reason of its own. */
    synchronized void lost() {
        leftOut++;
    }

    /** Passes on how many were left out, and begins to count anew. */
    synchronized void startSecond() {
        if (leftOut > 0) {
            long count = leftOut;
            leftOut = 0;
            pass("and " + count + " more like these");
        }
        secondStartNs = clockNs.getAsLong();
        lines = 0;
    }

    /** A log that fails must not fail the disk. */
    private void pass(String line) {
        try {
            sink.accept(line);
        } catch (RuntimeException | Error e) {
            leftOut++;
        }
    }
}
