package org.dmuser.cli.system;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.dmuser.cli.base.StopSignal;

/** How long something has stood still, as told by a number that changes as long as it goes on. One thread. */
final class Headway {
    private final LongSupplier progress;
    private final Duration patience;
    private final StopSignal stop;
    private long seen;
    private long sinceNs = System.nanoTime();

    /**
     * Begins now.
     *
     * @param patience how long it may stand still
     * @param stop told of signs of life
     */
    Headway(LongSupplier progress, Duration patience, StopSignal stop) {
        this.progress = progress;
        this.patience = patience;
        this.stop = stop;
        stop.alive();
        seen = progress.getAsLong();
    }

    /** Whether it has stood still for too long. */
    boolean isOver() {
        long now = progress.getAsLong();
        if (now != seen) {
            seen = now;
            sinceNs = System.nanoTime();
            stop.alive();
        }
        return System.nanoTime() - sinceNs > patience.toNanos();
    }
}
