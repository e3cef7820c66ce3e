package org.dmuser.shim.fuse.uring;

/**
 * Whether the handlers of a mount are slow: then its requests are handed over to helpers, which takes some 20 us, so
 * that the others of the same processor need not wait. Any thread; updates may be lost, which changes a guess a little.
 */
final class Pace {
    /** Beyond the time it takes to copy the data. */
    private static final long SLOW_NS = 200_000;

    /** Half a nanosecond a byte, what a machine does that has much else to do. */
    private static final int BYTES_PER_NS = 2;

    private volatile long meanNs;

    /** A service has returned after {@code ns}; its request has, or asks for, {@code bytes} of data. */
    void served(long ns, int bytes) {
        long mean = meanNs;
        meanNs = mean + (Math.max(0, ns - bytes / BYTES_PER_NS) - mean) / 8;
    }

    boolean isSlow() {
        return meanNs > SLOW_NS;
    }
}
