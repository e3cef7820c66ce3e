package org.dmuser.sdk.dispatch;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Counts requests under way, so that the last one can be waited for. Two counters that only grow, so that threads do
 * not fight over a single one; the lock is used only once somebody waits.
 */
final class InFlight {
    private final LongAdder begun = new LongAdder();
    private final LongAdder ended = new LongAdder();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition someEnded = lock.newCondition();
    private volatile boolean refusing;
    private volatile boolean awaited;

    /** One more; false if no more are wanted. {@link #end} has to follow in either case. */
    boolean begin() {
        begun.increment();
        return !refusing;
    }

    /** One less. */
    void end() {
        ended.increment();
        if (awaited) {
            lock.lock();
            try {
                someEnded.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    /** From here on {@link #begin} says no. */
    void refuse() {
        refusing = true;
    }

    long count() {
        // In this order: the other way round, one that begins and ends in between would count as minus one.
        long endedSoFar = ended.sum();
        return begun.sum() - endedSoFar;
    }

    /** Waits until none is under way. False if the time was up first. */
    boolean awaitNone(long timeoutNs) throws InterruptedException {
        awaited = true;
        long deadlineNs = System.nanoTime() + timeoutNs;
        lock.lock();
        try {
            while (count() > 0) {
                long leftNs = deadlineNs - System.nanoTime();
                if (leftNs <= 0) {
                    return false;
                }
                someEnded.await(leftNs, TimeUnit.NANOSECONDS);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }
}
