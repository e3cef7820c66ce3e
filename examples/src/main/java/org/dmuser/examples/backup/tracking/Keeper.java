package org.dmuser.examples.backup.tracking;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Looks after a tracking file while it is in use: twice a second it notes what the origin looks like, every five
 * seconds durably, and every fifteen it takes marks away from where nobody writes any more. One thread.
 */
public final class Keeper implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Keeper.class.getName());
    private static final int TICK_MS = 500;
    private static final int TICKS_FORCED = 10;
    private static final int TICKS_SWEEP = 30;
    private static final int CLOSE_TIMEOUT_S = 60;

    private final TrackingFile file;
    private final Tracking.Syncing syncOrigin;
    private final ScheduledExecutorService thread;
    private long tick;
    private boolean isFailing;

    private Keeper(TrackingFile file, Tracking.Syncing syncOrigin) {
        this.file = file;
        this.syncOrigin = syncOrigin;
        this.thread = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread made = new Thread(task, "tracking-" + file.path().getFileName());
            made.setDaemon(true);
            return made;
        });
    }

    /**
     * Begins.
     *
     * @param syncOrigin makes durable what was written to the origin
     */
    public static Keeper start(TrackingFile file, Tracking.Syncing syncOrigin) {
        Keeper keeper = new Keeper(file, syncOrigin);
        keeper.thread.scheduleWithFixedDelay(keeper::tick, TICK_MS, TICK_MS, TimeUnit.MILLISECONDS);
        return keeper;
    }

    private void tick() {
        tick++;
        try {
            file.note(tick % TICKS_FORCED == 0);
            if (tick % TICKS_SWEEP == 0) {
                file.tracking().sweep(syncOrigin);
            }
            isFailing = false;
        } catch (IOException | RuntimeException e) {
            // Nothing is lost by it: without a note the next backup compares everything, with more marks it reads more.
            if (!isFailing) {
                LOG.log(
                        Level.WARNING,
                        "tracking file " + file.path() + " cannot be kept up to date: " + e.getMessage());
            }
            isFailing = true;
        }
    }

    /** Returns when it does nothing any more. */
    @Override
    public void close() throws IOException {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(CLOSE_TIMEOUT_S, TimeUnit.SECONDS)) {
                throw new IOException(
                        "tracking file " + file.path() + ": its keeper has not ended within " + CLOSE_TIMEOUT_S + " s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
