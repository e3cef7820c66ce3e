package org.dmuser.shim.target;

import java.nio.ByteBuffer;
import org.dmuser.channel.Errno;
import org.dmuser.channel.RequestFlags;
import org.dmuser.shim.bio.Bio;
import org.dmuser.shim.bio.BioOp;
import org.dmuser.shim.dm.MapResult;
import org.dmuser.shim.dm.Target;

/** {@code zero}: reads as zeroes and forgets what is written. */
final class ZeroTarget implements Target {
    private static final byte[] ZEROES = new byte[1 << 16];

    @Override
    public MapResult map(Bio bio) {
        if (bio.op() == BioOp.READ) {
            if (bio.has(RequestFlags.RAHEAD)) {
                // There is nothing to be gained from having zeroes early.
                return MapResult.KILL;
            }
            fill(bio);
        }
        bio.end(Errno.OK);
        return MapResult.SUBMITTED;
    }

    private static void fill(Bio bio) {
        // Its limit is whatever somebody before has set.
        ByteBuffer memory = bio.memory().clear();
        int end = bio.memoryIndex() + (int) bio.length();
        for (int index = bio.memoryIndex(); index < end; index += ZEROES.length) {
            memory.put(index, ZEROES, 0, Math.min(ZEROES.length, end - index));
        }
    }

    @Override
    public boolean accepts(BioOp op) {
        return op != BioOp.WRITE_ZEROES;
    }

    @Override
    public boolean acceptsFlush() {
        return false;
    }

    @Override
    public void close() {}
}
