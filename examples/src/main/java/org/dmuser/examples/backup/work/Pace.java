package org.dmuser.examples.backup.work;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalLong;

/**
 * How fast a step goes, and how long the rest of it will take at that rate: judged by the last {@value #WINDOW_S}
 * seconds, because what was before (holes, data that was known) says little about what comes. One thread.
 */
public final class Pace {
    static final int WINDOW_S = 15;

    private static final long SECOND_NS = 1_000_000_000L;
    private static final long WINDOW_NS = WINDOW_S * SECOND_NS;

    private record Sample(long timeNs, long done) {}

    private final Deque<Sample> samples = new ArrayDeque<>();
    private String doing = "";

    /**
     * Takes note of a state. One of another step makes a new beginning.
     *
     * @param nowNs as {@link System#nanoTime}
     */
    public void note(long nowNs, Progress.State state) {
        if (!state.doing().equals(doing)) {
            doing = state.doing();
            samples.clear();
        }
        samples.addLast(new Sample(nowNs, state.done()));
        while (samples.size() > 2 && nowNs - samples.getFirst().timeNs > WINDOW_NS) {
            samples.removeFirst();
        }
    }

    /** Bytes a second; 0 while that is not known. */
    public long rate() {
        if (samples.size() < 2) {
            return 0;
        }
        long timeNs = samples.getLast().timeNs - samples.getFirst().timeNs;
        long done = samples.getLast().done - samples.getFirst().done;
        return timeNs <= 0 ? 0 : (long) ((double) done * SECOND_NS / timeNs);
    }

    /** Seconds until the step is done, rounded up; nothing while that cannot be said: it has just begun, or stands. */
    public OptionalLong secondsLeft(Progress.State state) {
        boolean tooEarly = samples.size() < 2 || samples.getLast().timeNs - samples.getFirst().timeNs < SECOND_NS;
        long rate = rate();
        if (tooEarly || rate == 0) {
            return OptionalLong.empty();
        }
        return OptionalLong.of((state.total() - state.done() + rate - 1) / rate);
    }
}
