package org.dmuser.examples.backup.repository.storage;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Whether somebody wants work to end. Asked by any thread that waits within it. */
public interface StopRequest {
    /** One that is never made. */
    StopRequest NEVER = new StopRequest() {
        @Override
        public boolean isRequested() {
            return false;
        }

        @Override
        public void check() {
            // Never.
        }
    };

    boolean isRequested();

    /** Ends work, by an exception that says so, if it is to end. */
    void check() throws IOException;

    /**
     * Waits, until a tenth of a second after the request at most.
     *
     * @param deadlineNs as {@link System#nanoTime}
     * @param what waits, for messages
     */
    default void await(long deadlineNs, String what) throws IOException {
        for (long left; !isRequested() && (left = deadlineNs - System.nanoTime()) > 0; ) {
            LockSupport.parkNanos(this, Math.min(left, TimeUnit.MILLISECONDS.toNanos(100)));
            if (Thread.currentThread().isInterrupted()) {
                throw new InterruptedIOException(what + " was interrupted");
            }
        }
    }
}
