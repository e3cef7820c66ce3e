package org.dmuser.shim.target;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import org.dmuser.shim.bio.Bio;

/** The reads, the writes or the flushes of a delay target, and those of them that it holds. Guarded by the target. */
final class DelayClass {
    private final LinearMap map;
    private final long delayMs;

    /** In order of time: all have the same delay. */
    private final Queue<Held> held = new ArrayDeque<>();

    /** @param delayMs how long each is held; 0 for not at all */
    DelayClass(LinearMap map, long delayMs) {
        this.map = map;
        this.delayMs = delayMs;
    }

    LinearMap map() {
        return map;
    }

    long delayNs() {
        return TimeUnit.MILLISECONDS.toNanos(delayMs);
    }

    void hold(Bio bio, long dueNs) {
        held.add(new Held(bio, dueNs));
    }

    int heldCount() {
        return held.size();
    }

    /** The one that is due first; null where there is none. */
    Held first() {
        return held.peek();
    }

    Bio takeFirst() {
        return held.remove().bio();
    }

    /** {@code <device> <offset> <ms>}. */
    @Override
    public String toString() {
        return map + " " + delayMs;
    }

    /** @param dueNs by {@link System#nanoTime} */
    record Held(Bio bio, long dueNs) {}
}
