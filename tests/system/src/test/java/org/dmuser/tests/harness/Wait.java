package org.dmuser.tests.harness;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** The one place that waits for what does not announce itself, by looking again until a deadline. */
public final class Wait {
    private static final long PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(2);

    private Wait() {}

    /** Something to look at. */
    @FunctionalInterface
    public interface Condition {
        boolean holds() throws Exception;
    }

    /** Looks until the condition holds. */
    public static void until(String what, Duration limit, Condition condition) throws Exception {
        until(() -> what, limit, condition);
    }

    /** Looks until the condition holds; what is missing is described when the time is up. */
    public static void until(Supplier<String> what, Duration limit, Condition condition) throws Exception {
        if (!within(limit, condition)) {
            throw new AssertionError("not within " + limit.toMillis() + " ms: " + what.get());
        }
    }

    /** Whether the condition holds at some time within the limit. */
    public static boolean within(Duration limit, Condition condition) throws Exception {
        long deadlineNs = System.nanoTime() + limit.toNanos();
        while (!condition.holds()) {
            if (Thread.interrupted()) {
                throw new InterruptedException("the test's time is up");
            }
            if (System.nanoTime() - deadlineNs >= 0) {
                return false;
            }
            LockSupport.parkNanos(PAUSE_NS);
        }
        return true;
    }

    /** Lets a moment pass: for what has to happen at any time, such as a kill, and for nothing else. */
    public static void moment(Duration length) throws Exception {
        within(length, () -> false);
    }
}
