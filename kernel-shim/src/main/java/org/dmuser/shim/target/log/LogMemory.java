package org.dmuser.shim.target.log;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How much memory entries may take that have not entered their logs. What is written between two flushes has no bound,
 * and the memory of a Java process has. Any thread.
 */
final class LogMemory {
    private final long limit;
    private final AtomicLong used = new AtomicLong();

    /** @param limit bytes */
    LogMemory(long limit) {
        this.limit = limit;
    }

    long limit() {
        return limit;
    }

    /** Takes {@code bytes}, unless that is too much. */
    boolean take(int bytes) {
        if (used.addAndGet(bytes) <= limit) {
            return true;
        }
        used.addAndGet(-bytes);
        return false;
    }

    void give(int bytes) {
        used.addAndGet(-bytes);
    }

    long used() {
        return used.get();
    }
}
