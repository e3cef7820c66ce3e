package org.dmuser.shim.fuse;

import java.util.concurrent.TimeUnit;

/** How often the files of a mount are open. Any thread. */
public final class OpenCount {
    /** Written under the lock of this object. */
    private volatile int count;

    int count() {
        return count;
    }

    public synchronized void opened() {
        count++;
    }

    /** One that was open is so no more; whether it was the last one. */
    public synchronized boolean released() {
        count--;
        notifyAll();
        return count == 0;
    }

    /**
     * Waits until none is open. The kernel says that a file was closed only some time after it.
     *
     * @return whether it came to that
     */
    synchronized boolean awaitNone(long timeoutMs) throws InterruptedException {
        long deadlineNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMs);
        for (long leftNs = deadlineNs - System.nanoTime();
                count > 0 && leftNs > 0;
                leftNs = deadlineNs - System.nanoTime()) {
            TimeUnit.NANOSECONDS.timedWait(this, leftNs);
        }
        return count == 0;
    }
}
