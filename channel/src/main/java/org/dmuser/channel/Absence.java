package org.dmuser.channel;

/** Notices that there has been no channel for too long. Under the queue's lock. */
final class Absence {
    private boolean noticed;
    private long sinceNs;
    private boolean tooLong;

    /**
     * There is none now.
     *
     * @return whether that is so for {@code limitNs}, as seen by calls of this, and has not been said before
     */
    boolean becomesTooLong(long nowNs, long limitNs) {
        if (tooLong) {
            return false;
        }
        if (!noticed) {
            noticed = true;
            sinceNs = nowNs;
        }
        tooLong = nowNs - sinceNs >= limitNs;
        return tooLong;
    }

    /** Whether it has been found too long, and goes on. */
    boolean isTooLong() {
        return tooLong;
    }

    /** There is one. */
    void end() {
        noticed = false;
        tooLong = false;
    }
}
