package org.dmuser.examples.backup.moment;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.dmuser.examples.backup.tracking.DeviceInUseException;
import org.dmuser.examples.backup.tracking.TrackingFile;
import org.dmuser.examples.backup.tracking.TrackingPoint;
import org.dmuser.sdk.BlockHandler;

/**
 * The moments of a device in use, one at a time.
 *
 * <p>Threads: {@link #beforeRead} and {@link #beforeWrite} from any number, which cost a look at one field while there
 * is no moment. The monitor is for those who begin and end moments; writes are waited for under it, and never take it.
 */
public final class Moments implements AutoCloseable {
    private static final long PATIENCE_MS = 2000;

    private final TrackingFile file;
    private final BlockHandler origin;
    private final MomentFiles files;
    private volatile Moment current;

    /** Null until the first moment. */
    private Ring ring;

    private Moments(TrackingFile file, BlockHandler origin) {
        this.file = file;
        this.origin = origin;
        this.files = MomentFiles.of(file.path());
    }

    /**
     * Takes away what a daemon that died has left. Called before anything is written.
     *
     * @param origin read, to copy from
     */
    public static Moments open(TrackingFile file, BlockHandler origin) throws IOException {
        Moments moments = new Moments(file, origin);
        moments.files.deleteStale();
        return moments;
    }

    /** Counts a request that does not write, if somebody has a moment open. */
    public void beforeRead() {
        Moment moment = current;
        if (moment != null) {
            moment.countRequest();
        }
    }

    /**
     * Counts a request, and keeps what its range holds, if somebody has a moment open. After {@code beginWrite} and
     * before the write.
     */
    public void beforeWrite(long offset, long length) {
        Moment moment = current;
        if (moment != null) {
            moment.countRequest();
            moment.beforeWrite(offset, length);
        }
    }

    /**
     * Begun and not ended.
     *
     * @param point what the reader keeps
     * @param base what it compares with
     */
    record Begun(Moment moment, TrackingPoint point, Base base) {}

    synchronized Begun begin(List<TrackingPoint> bases) throws IOException {
        if (!awaitEnd()) {
            throw new DeviceInUseException("a backup of this device is under way already; wait until it has ended");
        }
        Base base = Base.choose(file, bases);
        Moment moment = Moment.create(files, origin, file.tracking(), ring());
        try {
            TrackingPoint point = file.tracking().endEra(() -> current = moment);
            base.point().ifPresent(known -> moment.excludeUnchanged(file.tracking(), known));
            return new Begun(moment, point, base);
        } catch (IOException | RuntimeException e) {
            end(moment, "the moment could not be begun: " + e.getMessage());
            throw e;
        }
    }

    /** One for all moments, as its memory is. */
    private Ring ring() throws IOException {
        if (ring == null) {
            files.createDirectory();
            ring = Ring.create(files.ring(), file.tracking().size());
        }
        return ring;
    }

    /** A reader that was killed is noticed only a little later. */
    private boolean awaitEnd() {
        long deadlineNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MS);
        try {
            for (long leftNs = 1; current != null && leftNs > 0; leftNs = deadlineNs - System.nanoTime()) {
                wait(PATIENCE_MS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return current == null;
    }

    /** Ends a moment. */
    synchronized void end(Moment moment, String reason) throws IOException {
        if (current == moment) {
            current = null;
            file.tracking().awaitWrites();
            notifyAll();
        }
        moment.end(reason);
    }

    /** Takes all files away. All moments have been ended. */
    @Override
    public synchronized void close() throws IOException {
        if (ring != null) {
            ring.close();
        }
        files.deleteAll();
    }

    /** Whether somebody has one open. */
    public boolean isOpen() {
        return current != null;
    }
}
