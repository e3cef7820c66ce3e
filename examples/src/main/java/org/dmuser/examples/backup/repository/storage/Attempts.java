package org.dmuser.examples.backup.repository.storage;

import java.io.IOException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * Tries a request again when the failure may pass, after a pause that doubles each time, and of which a random part is
 * left out: many who failed together should not come back together. A request to stop ends that. Threads: any number.
 */
final class Attempts {
    private static final long PAUSE_FIRST_MS = 100;
    private static final long PAUSE_MAX_MS = 10_000;

    private final int most;
    private final StopRequest stop;

    /** @param most attempts at one request */
    Attempts(int most, StopRequest stop) {
        this.most = most;
        this.stop = stop;
    }

    /** One attempt. */
    interface Request<T> {
        /**
         * Makes it.
         *
         * @throws PassingException if it may work another time
         */
        T attempt() throws IOException;
    }

    /** A failure that may pass. */
    static final class PassingException extends IOException {
        private static final long serialVersionUID = 1L;

        PassingException(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /**
     * What the first attempt that succeeds gives.
     *
     * @param what is requested, for messages
     */
    <T> T run(String what, Request<T> request) throws IOException {
        for (int attempt = 1; ; attempt++) {
            try {
                return request.attempt();
            } catch (PassingException e) {
                if (attempt == most) {
                    throw new IOException(
                            what + " failed " + most + " times, the last time with: " + e.getMessage(), e);
                }
            }
            pause(attempt, what);
            stop.check();
        }
    }

    private void pause(int attempt, String what) throws IOException {
        long most = Math.min(PAUSE_MAX_MS, PAUSE_FIRST_MS << Math.min(attempt - 1, 10));
        long deadlineNs = System.nanoTime()
                + TimeUnit.MILLISECONDS.toNanos(ThreadLocalRandom.current().nextLong(most / 2, most + 1));
        stop.await(deadlineNs, what);
    }
}
