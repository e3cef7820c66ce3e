package org.dmuser.shim.target;

import java.util.concurrent.TimeUnit;

/**
 * When a {@code flakey} target is up, and when it is down: in turn, from when it was made.
 *
 * @param up in seconds; with 0 it is always down
 * @param down in seconds; with 0 it is always up
 * @param beganNs by {@link System#nanoTime}
 */
record FlakeyPhases(long up, long down, long beganNs) {
    boolean isDown(long nowNs) {
        return TimeUnit.NANOSECONDS.toSeconds(nowNs - beganNs) % (up + down) >= up;
    }

    /** As in a table line. */
    @Override
    public String toString() {
        return up + " " + down;
    }
}
