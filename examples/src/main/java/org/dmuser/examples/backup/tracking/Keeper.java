package org.dmuser.examples.backup.tracking;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.lang.System.Logger.Level;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Looks after a tracking file while it is in use: twice a second it notes what the origin looks like, every five
 * seconds it makes the note durable, and every fifteen it takes marks away from where nobody writes any more. Two
 * threads: the notes must not wait for a disk that is slow to sync, or they would be too old to be believed after a
 * kill.
 */
public final class Keeper implements AutoCloseable {
    private static final int NOTE_MS = 500;
    private static final int FORCE_MS = 5000;
    private static final int FORCES_PER_SWEEP = 3;

    private final TrackingFile file;
    private final Tracking.Syncing syncOrigin;
    private final ScheduledExecutorService threads;
    private final AtomicBoolean isFailing = new AtomicBoolean();
    private int forces;

    private Keeper(TrackingFile file, Tracking.Syncing syncOrigin) {
        this.file = file;
        this.syncOrigin = syncOrigin;
        this.threads = Executors.newScheduledThreadPool(2, task -> {
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
        keeper.repeat(NOTE_MS, file::note);
        keeper.repeat(FORCE_MS, keeper::force);
        return keeper;
    }

    private void repeat(int everyMs, Tracking.Syncing task) {
        threads.scheduleWithFixedDelay(() -> attempt(task), everyMs, everyMs, TimeUnit.MILLISECONDS);
    }

    private void force() throws IOException {
        file.tracking().forceNote();
        if (++forces % FORCES_PER_SWEEP == 0) {
            file.tracking().sweep(syncOrigin);
        }
    }

    private void attempt(Tracking.Syncing task) {
        try {
            task.sync();
            isFailing.set(false);
        } catch (IOException | RuntimeException e) {
            // Nothing is lost by it: without a note the next backup compares everything, with more marks it reads more.
            if (isFailing.compareAndSet(false, true)) {
                log().log(
                                Level.WARNING,
                                "tracking file " + file.path() + " cannot be kept up to date: " + e.getMessage());
            }
        }
    }

    /** Returns when it does nothing any more, however long the disk takes for what has begun. */
    @Override
    public void close() throws IOException {
        threads.shutdown();
        try {
            threads.awaitTermination(Long.MAX_VALUE, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException(
                    "tracking file " + file.path() + ": interrupted while its keeper was waited for");
        }
    }

    /** Looked for only when there is something to say: the JDK looks for it in each of the jars. */
    private static System.Logger log() {
        return System.getLogger(Keeper.class.getName());
    }
}
