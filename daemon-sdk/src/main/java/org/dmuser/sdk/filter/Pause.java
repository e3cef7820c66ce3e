package org.dmuser.sdk.filter;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.locks.LockSupport;

/** Keeps a transfer waiting; a test puts a clock of its own in its place. */
interface Pause {
    /** The real one. */
    Pause REAL = new Pause() {
        @Override
        public long nowNs() {
            return System.nanoTime();
        }

        @Override
        public void until(long deadlineNs) throws IOException {
            for (long left = deadlineNs - nowNs(); left > 0; left = deadlineNs - nowNs()) {
                LockSupport.parkNanos(this, left);
                if (Thread.currentThread().isInterrupted()) {
                    throw new InterruptedIOException("interrupted while held back");
                }
            }
        }
    };

    /** As {@link System#nanoTime}. */
    long nowNs();

    /** Returns when {@link #nowNs} has reached {@code deadlineNs}. */
    void until(long deadlineNs) throws IOException;
}
