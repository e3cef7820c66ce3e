package org.dmuser.channel;

import java.util.concurrent.TimeUnit;

/**
 * How long a test goes on that finds the more the more rounds it has: all of them where they take no time, as many as
 * fit into some seconds where each is a wait for a processor that others want, too.
 */
final class Effort {
    private static final long MAX_NS = TimeUnit.SECONDS.toNanos(5);

    private final long beganNs = System.nanoTime();

    /** Whether there is time for another round. */
    boolean isLeft() {
        return System.nanoTime() - beganNs < MAX_NS;
    }
}
