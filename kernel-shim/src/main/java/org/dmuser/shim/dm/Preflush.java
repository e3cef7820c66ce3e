package org.dmuser.shim.dm;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.dmuser.channel.Errno;
import org.dmuser.channel.RequestFlags;
import org.dmuser.shim.bio.Bio;
import org.dmuser.shim.bio.BioOp;
import org.dmuser.shim.bio.BlockDevice;
import org.dmuser.shim.bio.EndListener;
import org.dmuser.shim.bio.Submission;

/**
 * A bio that flushes first: sends an empty flush to each target that knows what that is, and when all have ended goes
 * on with the data, if there is any and the flush has not failed. (Linux drops the error of a flush in front of data;
 * we do not.)
 *
 * <p>Is also a device, to which the bio itself is submitted behind its flushes: by the time it comes to that, flushes
 * that end on the thread that submitted them have ended, and the data follows on the same thread. Otherwise a worker
 * submits the data: the thread that ended the last flush may be one that must not wait for room.
 */
final class Preflush implements EndListener, BlockDevice {
    private final BioPath path;
    private final Bio bio;

    /** The flushes that have not ended, and one until all have been sent. */
    private final AtomicInteger pending = new AtomicInteger(1);

    private final AtomicReference<Errno> failure = new AtomicReference<>(Errno.OK);

    Preflush(BioPath path, Bio bio) {
        this.path = path;
        this.bio = bio;
    }

    /** The caller has a hold in the gate. */
    void start(TableTarget[] targets) {
        for (TableTarget target : targets) {
            pending.incrementAndGet();
            path.map(target, newFlush());
        }
        Submission.submit(bio, this);
    }

    private Bio newFlush() {
        return new Bio().start(BioOp.WRITE, RequestFlags.PREFLUSH | RequestFlags.SYNC, 0, 0, null, this);
    }

    @Override
    public Errno onEnd(Bio flush, Errno status) {
        if (status != Errno.OK) {
            failure.compareAndSet(Errno.OK, status);
        }
        if (pending.decrementAndGet() == 0 && endUnlessData()) {
            path.submitLater(newData());
        }
        return status;
    }

    /** All flushes have been sent. */
    @Override
    public void accept(Bio same) {
        if (pending.decrementAndGet() == 0 && endUnlessData()) {
            Submission.submit(newData(), path);
        }
    }

    /** Ends the bio if the flush failed or was all; otherwise the data is to follow. */
    private boolean endUnlessData() {
        boolean dataFollows = failure.get() == Errno.OK && bio.length() > 0;
        if (!dataFollows) {
            bio.end(failure.get());
        }
        return dataFollows;
    }

    private Bio newData() {
        long flags = bio.flags() & ~RequestFlags.PREFLUSH;
        return new Bio().start(bio.op(), flags, bio.sector(), bio.length(), bio.data(), this::onDataEnd);
    }

    private Errno onDataEnd(Bio data, Errno status) {
        bio.end(status);
        return status;
    }

    @Override
    public long sectors() {
        return path.sectors();
    }

    @Override
    public boolean readOnly() {
        return path.readOnly();
    }
}
