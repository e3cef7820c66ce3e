package org.dmuser.examples.backup.work;

import java.util.concurrent.atomic.LongAdder;

/**
 * How far a piece of work has come. Its workers count what they have dealt with, once they have; whoever shows it looks
 * when it likes. Any thread.
 */
public final class Progress {
    /**
     * What a person may be told.
     *
     * @param doing what is being done, as in "{@code doing}: 10 %"; empty before anything has begun
     * @param done bytes that are dealt with
     * @param total bytes there are to deal with; {@code done} reaches it when all is done
     */
    public record State(String doing, long done, long total) {}

    private record Step(String doing, long total, LongAdder done) {}

    private volatile Step step = new Step("", 0, new LongAdder());

    /** Begins another step, of which nothing is done yet. */
    public void begin(String doing, long totalBytes) {
        step = new Step(doing, totalBytes, new LongAdder());
    }

    /** Counts bytes that are dealt with, also those that turned out to need no work. */
    public void add(long bytes) {
        step.done.add(bytes);
    }

    public State state() {
        Step now = step;
        return new State(now.doing, Math.min(now.done.sum(), now.total), now.total);
    }
}
