package org.dmuser.shim.file;

import java.nio.ByteBuffer;
import org.dmuser.channel.Errno;
import org.dmuser.shim.bio.Bio;
import org.dmuser.shim.bio.BioOp;
import org.dmuser.shim.bio.BlockDevice;
import org.dmuser.shim.bio.EndListener;
import org.dmuser.shim.bio.Submission;

/**
 * A request to a {@link BlockFile} that nobody waits for: its end comes to a listener. Made once and used again, for
 * one request at a time; it belongs to whoever starts it until then, and from its end on.
 */
public final class FileRequest implements EndListener {
    /** Told how a request fares. */
    public interface Listener {
        /** Called by the thread that starts the request, if that has to wait for another to end before it can. */
        void beforeWait();

        /**
         * Called once for each request, from any thread, maybe before it has been sent completely. The request may be
         * started again from here. Must not wait, nor throw.
         *
         * @param length how many bytes were asked for, all of which have been moved if {@code status} is OK
         * @param lent where the data of a read is instead, from {@code lentIndex} on, until this returns; or null
         */
        void onEnd(Errno status, int length, ByteBuffer lent, int lentIndex);
    }

    private final Listener listener;
    private final Bio bio = new Bio();
    private boolean started;
    private RangeLock locks;
    private long locked;

    public FileRequest(Listener listener) {
        this.listener = listener;
    }

    /** Forgets what it was last. */
    public void renew() {
        started = false;
    }

    /**
     * Whether it has been started since it was {@linkplain #renew renewed}, so that it ends, or has ended: for the
     * thread that did both.
     */
    public boolean wasStarted() {
        return started;
    }

    /** Locks a range until the end. */
    void lock(RangeLock lock, long offset, long length) {
        if (lock.tryLockShared(offset, length)) {
            locked = RangeLock.mask(offset, length);
        } else {
            listener.beforeWait();
            locked = lock.lockShared(offset, length);
        }
        locks = lock;
    }

    void start(BlockDevice device, BioOp op, long flags, long sector, long length, ByteBuffer data) {
        bio.start(op, flags, sector, length, data, this);
        started = true;
        Submission.submit(device.queue() == null ? bio : bio.acceptLent(), device);
    }

    /** {@inheritDoc} The bio is back where it began, with the length it had. */
    @Override
    public Errno onEnd(Bio ended, Errno status) {
        if (locks != null) {
            locks.unlockShared(locked);
            locks = null;
        }
        listener.onEnd(status, (int) ended.length(), ended.lent(), ended.lentIndex());
        return status;
    }

    /** Whether it has been started and has not ended; any thread may ask. */
    public boolean isUnderWay() {
        return bio.isPending();
    }

    /** What it is, or was last; any thread may ask. */
    @Override
    public String toString() {
        return bio.toString();
    }
}
