package org.dmuser.shim.dm;

import java.util.concurrent.atomic.AtomicInteger;

/** How many have a device open, or that it is retired: not to be opened any more. */
final class OpenCount {
    private static final int RETIRED = -1;

    private final AtomicInteger count = new AtomicInteger();

    int value() {
        return Math.max(0, count.get());
    }

    boolean isRetired() {
        return count.get() == RETIRED;
    }

    /** False if it is retired. */
    boolean increment() {
        return count.updateAndGet(n -> n == RETIRED ? n : n + 1) != RETIRED;
    }

    void decrement() {
        int left = count.decrementAndGet();
        if (left < 0) {
            count.incrementAndGet();
            throw new IllegalStateException("device released more often than it was opened");
        }
    }

    /** Retires it unless somebody has it open, or it is retired already. */
    boolean retire() {
        return count.compareAndSet(0, RETIRED);
    }

    void unretire() {
        count.set(0);
    }
}
