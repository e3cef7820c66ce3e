package org.dmuser.sdk.daemon;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Tries to attach again, waiting twice as long after each failure, until it works or is no longer wanted. */
final class Retry {
    private final Link.Connector connector;
    private final long minNs;
    private final long maxNs;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition cancelled = lock.newCondition();
    private boolean cancelRequested;

    Retry(DaemonContext context) {
        connector = context.connector();
        minNs = context.retryMin().toNanos();
        maxNs = context.retryMax().toNanos();
    }

    /** A new link; null after {@link #cancel}. */
    Link attach() {
        long pauseNs = minNs;
        while (pause(pauseNs)) {
            try {
                return connector.attach();
            } catch (IOException e) {
                // Still gone, as was reported when it went.
                pauseNs = Math.min(2 * pauseNs, maxNs);
            }
        }
        return null;
    }

    void cancel() {
        lock.lock();
        try {
            cancelRequested = true;
            cancelled.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** False if it was cancelled. */
    private boolean pause(long pauseNs) {
        long deadlineNs = System.nanoTime() + pauseNs;
        lock.lock();
        try {
            for (long left = pauseNs; left > 0 && !cancelRequested; left = deadlineNs - System.nanoTime()) {
                cancelled.await(left, TimeUnit.NANOSECONDS);
            }
            return !cancelRequested;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }
}
