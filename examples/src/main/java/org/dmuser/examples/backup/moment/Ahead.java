package org.dmuser.examples.backup.moment;

import java.util.function.IntConsumer;

/**
 * Keeps what somebody who writes from front to back will overwrite next, so that the writes need not wait for it. Of
 * several such writers the last one is helped.
 *
 * <p>Threads: one of its own, begun when the first such writer is seen.
 */
final class Ahead implements AutoCloseable {
    /** Chunks, 2 MiB: for nothing if the writer stops here. */
    static final int DISTANCE = 8;

    private static final int NONE = -1;

    private final int chunks;
    private final IntConsumer keep;
    private final SideThread thread = new SideThread("keep-ahead", this::keepNext);
    private volatile int passed = NONE;
    /** The one that was dealt with last; of the thread only. */
    private int known = NONE;

    /**
     * @param chunks of the device, without one that is not a whole one
     * @param keep called for chunks, perhaps more than once for some; after {@link #close} for none
     */
    Ahead(int chunks, IntConsumer keep) {
        this.chunks = chunks;
        this.keep = keep;
    }

    /** Somebody has come to the end of a chunk all of which was kept. */
    void passed(int chunk) {
        if (passed != chunk) {
            passed = chunk;
            thread.begin();
            thread.wake();
        }
    }

    private boolean keepNext() {
        int now = passed;
        if (now == known) {
            return false;
        }
        int end = Math.min(chunks, now + 1 + DISTANCE);
        for (int chunk = now + 1; chunk < end && !thread.isStopped(); chunk++) {
            keep.accept(chunk);
        }
        known = now;
        return true;
    }

    /** Returns when nothing is kept any more. */
    @Override
    public void close() {
        thread.close();
    }
}
