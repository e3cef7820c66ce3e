package org.dmuser.examples;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Waits for what does not announce itself, by looking again; the test's time limit is the end of it. */
public final class Wait {
    private static final long PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(2);

    private Wait() {}

    /** Something to look at. */
    @FunctionalInterface
    public interface Condition {
        boolean holds() throws Exception;
    }

    /** Looks until the condition holds. */
    public static void until(Condition condition) throws Exception {
        while (!condition.holds()) {
            if (Thread.interrupted()) {
                throw new InterruptedException("the test's time is up");
            }
            LockSupport.parkNanos(PAUSE_NS);
        }
    }
}
