package org.dmuser.shim.target.log;

import java.nio.ByteBuffer;
import org.dmuser.channel.Errno;
import org.dmuser.shim.bio.Bio;
import org.dmuser.shim.bio.BioOp;
import org.dmuser.shim.bio.BlockDevice;
import org.dmuser.shim.bio.EndListener;
import org.dmuser.shim.bio.Submission;

/** Writes to the device of the log, and waits for the end of each write. One thread at a time. */
final class LogDevice implements EndListener {
    private final BlockDevice device;
    private final Bio bio = new Bio();

    /** Guarded by this. */
    private Errno ended;

    LogDevice(BlockDevice device) {
        this.device = device;
    }

    /** 0 if it is not known yet. */
    long sectors() {
        return device.sectors();
    }

    /** Writes all of {@code data}; returns when that has ended, however long it takes. */
    Errno write(long sector, ByteBuffer data) {
        synchronized (this) {
            ended = null;
        }
        Submission.submit(bio.start(BioOp.WRITE, 0, sector, data.capacity(), data, this), device);
        return awaitEnd();
    }

    private synchronized Errno awaitEnd() {
        boolean interrupted = false;
        while (ended == null) {
            try {
                wait();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return ended;
    }

    @Override
    public synchronized Errno onEnd(Bio same, Errno status) {
        ended = status;
        notifyAll();
        return status;
    }
}
