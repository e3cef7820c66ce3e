package org.dmuser.channel;

/**
 * Remembers that there was no memory, so that nobody asks for as much again too soon: a file system that is full takes
 * its time to say so. Guarded by its owner.
 */
final class Shortage {
    /** As much is not asked for again for so long. */
    static final long PAUSE_NS = 1_000_000_000;

    private Errno errno = Errno.OK;
    private long length;
    private long sinceNs;

    /** What is known to be the answer to whoever wants {@code wanted} bytes; OK if he has to ask. */
    Errno answerTo(long wanted, long nowNs) {
        return wanted >= length && nowNs - sinceNs < PAUSE_NS ? errno : Errno.OK;
    }

    /** There was no memory for {@code wanted} bytes. */
    void begin(long wanted, Errno why, long nowNs) {
        errno = why;
        length = wanted;
        sinceNs = nowNs;
    }

    /** There may be some now. */
    void end() {
        errno = Errno.OK;
    }
}
