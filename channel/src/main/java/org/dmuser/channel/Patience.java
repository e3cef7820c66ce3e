package org.dmuser.channel;

/**
 * How long it is worth looking for work before going to sleep, judged by how long the last waits took.
 *
 * <p>A sleeping virtual processor takes 10 to 15 us to wake up, so looking pays while work comes about as often as
 * that. Each wait moves a running mean a quarter of the way to itself; a long one counts as {@value #LONG_NS} ns, so
 * that a few quick requests after a pause are enough to be patient again, and a few slow ones to be so no more. On a
 * processor that others want too, waits grow long by themselves, and nobody looks.
 *
 * <p>Several threads that wait for the same work may share one: updates may be lost, which changes a guess a little.
 */
public final class Patience {
    /** Work that comes less often than this on the average is not looked for. */
    private static final long WORTHWHILE_NS = 400_000;

    private static final long LONG_NS = 4 * WORTHWHILE_NS;
    private static final long LOOK_MIN_NS = 20_000;
    private static final long LOOK_MAX_NS = 500_000;

    private volatile long meanNs = LONG_NS;

    /** How long to look this time, in nanoseconds; 0: not at all. */
    public long lookNs() {
        long mean = meanNs;
        return mean > WORTHWHILE_NS ? 0 : Math.min(LOOK_MAX_NS, LOOK_MIN_NS + 3 * mean);
    }

    /** Work has come after {@code ns} nanoseconds, however they were spent. */
    public void waited(long ns) {
        long mean = meanNs;
        meanNs = mean + (Math.min(ns, LONG_NS) - mean) / 4;
    }
}
