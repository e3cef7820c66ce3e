package org.dmuser.channel;

import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/** Waits in tests, where an interrupt is JUnit's time limit and so a failure. */
final class Uninterrupted {
    /** Something that waits. */
    interface Waiting {
        void run() throws InterruptedException;
    }

    private Uninterrupted() {}

    static void run(Waiting waiting) {
        try {
            waiting.run();
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted: took too long", e);
        }
    }

    static <T> T call(Callable<T> waiting) {
        try {
            return waiting.call();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** Whether the thread ended in time. */
    static boolean join(Thread thread, long limitNs) {
        run(() -> thread.join(TimeUnit.NANOSECONDS.toMillis(limitNs)));
        return !thread.isAlive();
    }
}
