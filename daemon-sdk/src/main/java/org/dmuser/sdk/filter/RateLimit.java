package org.dmuser.sdk.filter;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * So many bytes a second, all threads together.
 *
 * <p>Whoever is about to transfer something takes the next stretch of time, as long as its bytes need at the rate, and
 * starts when that begins; the stretches may begin in the past by as much as the burst needs. So a large transfer
 * starts at once, and what comes next waits for it.
 */
public final class RateLimit {
    private static final long SECOND_NS = 1_000_000_000L;

    private final Pause pause;
    private final double nsPerByte;
    private final long burstNs;
    private final AtomicLong nextStartNs;

    /**
     * @param bytesPerSecond 1 or more
     * @param burst bytes that may pass at once after a quiet time
     */
    public RateLimit(long bytesPerSecond, long burst) {
        this(bytesPerSecond, burst, Pause.REAL);
    }

    RateLimit(long bytesPerSecond, long burst, Pause pause) {
        this.pause = pause;
        nsPerByte = (double) SECOND_NS / bytesPerSecond;
        // Half of what nanoTime can tell apart is plenty, and leaves no way to overflow.
        burstNs = (long) Math.min(burst * nsPerByte, Long.MAX_VALUE / 4);
        nextStartNs = new AtomicLong(pause.nowNs() - burstNs);
    }

    /**
     * Returns when {@code length} bytes may be transferred.
     *
     * @throws IOException if the thread is interrupted
     */
    public void take(long length) throws IOException {
        pause.until(reserve(length));
    }

    /**
     * Takes what {@code length} bytes need, without waiting for it.
     *
     * @return when they may be transferred, as {@link System#nanoTime}
     */
    public long reserve(long length) {
        return takeStretch((long) (length * nsPerByte));
    }

    /** When the stretch begins. */
    private long takeStretch(long lengthNs) {
        long earliest = pause.nowNs() - burstNs;
        while (true) {
            long next = nextStartNs.get();
            long start = next - earliest > 0 ? next : earliest;
            if (nextStartNs.compareAndSet(next, start + lengthNs)) {
                return start;
            }
        }
    }
}
