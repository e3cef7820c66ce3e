package org.dmuser.shim.bio;

import java.nio.ByteBuffer;
import java.util.concurrent.CountDownLatch;
import org.dmuser.channel.Errno;
import org.dmuser.channel.RequestFlags;

/** A bio and how it ended. */
public final class Completion implements EndListener {
    private final Bio bio = new Bio();
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile Errno status;

    /** Submits and does not wait. */
    public static Completion submit(
            BlockDevice device, BioOp op, long flags, long sector, long length, ByteBuffer data) {
        Completion completion = new Completion();
        Submission.submit(completion.bio.start(op, flags, sector, length, data, completion), device);
        return completion;
    }

    public static Completion read(BlockDevice device, long sector, ByteBuffer data) {
        return submit(device, BioOp.READ, 0, sector, data.capacity(), data);
    }

    public static Completion write(BlockDevice device, long sector, ByteBuffer data) {
        return submit(device, BioOp.WRITE, 0, sector, data.capacity(), data);
    }

    public static Completion flush(BlockDevice device) {
        return submit(device, BioOp.WRITE, RequestFlags.PREFLUSH, 0, 0, null);
    }

    public Bio bio() {
        return bio;
    }

    public boolean hasEnded() {
        return ended.getCount() == 0;
    }

    /** Waits for the end. */
    public Errno status() throws InterruptedException {
        ended.await();
        return status;
    }

    @Override
    public Errno onEnd(Bio same, Errno endStatus) {
        if (hasEnded()) {
            throw new AssertionError("ended twice: " + same);
        }
        status = endStatus;
        ended.countDown();
        return endStatus;
    }
}
