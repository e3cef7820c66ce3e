package org.dmuser.channel;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Waits that must not be broken off half way, and have an end: whoever waits learns of an interrupt afterwards.
 */
public final class Uninterruptible {
    /** Waits for something. */
    @FunctionalInterface
    public interface Wait {
        /** Answers whether it has come; called again from the start when it was interrupted. */
        boolean await() throws InterruptedException;
    }

    private Uninterruptible() {}

    /** What {@code wait} answers, however often it is interrupted. */
    public static boolean await(Wait wait) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return wait.await();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Does nothing for a while. */
    public static void pause(long ns) {
        CountDownLatch never = new CountDownLatch(1);
        await(() -> never.await(ns, TimeUnit.NANOSECONDS));
    }

    /** Returns when {@code thread} has ended. */
    public static void join(Thread thread) {
        await(() -> {
            thread.join();
            return true;
        });
    }
}
