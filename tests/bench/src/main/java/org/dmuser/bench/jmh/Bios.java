package org.dmuser.bench.jmh;

import java.nio.ByteBuffer;
import org.agrona.BufferUtil;
import org.dmuser.channel.Errno;
import org.dmuser.shim.bio.Bio;
import org.dmuser.shim.bio.BioOp;
import org.dmuser.shim.bio.BlockDevice;
import org.dmuser.shim.bio.EndListener;
import org.dmuser.shim.bio.Submission;

/** Writes to a device that ends its bios on the thread that submits them. One thread. */
final class Bios {
    private static final int PAGE = 4096;

    private final Bio bio = new Bio();
    private final ByteBuffer data;
    private final BlockDevice device;
    private final EndListener listener = this::onEnd;
    private Errno status;

    /** @param length of each bio, in bytes */
    Bios(BlockDevice device, int length) {
        this.device = device;
        this.data = BufferUtil.allocateDirectAligned(length, PAGE);
    }

    /** Sends one down, and answers when it is back. */
    Errno write(long sector) {
        status = null;
        bio.start(BioOp.WRITE, 0, sector, data.capacity(), data, listener);
        Submission.submit(bio, device);
        if (status != Errno.OK) {
            throw new IllegalStateException(bio + " ended with " + status);
        }
        return status;
    }

    private Errno onEnd(Bio ended, Errno result) {
        status = result;
        return result;
    }
}
