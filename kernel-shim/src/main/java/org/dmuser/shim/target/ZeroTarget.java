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
            // Its limit is whatever somebody before has set.
            fill(bio.data().clear(), (int) bio.length());
        }
        bio.end(Errno.OK);
        return MapResult.SUBMITTED;
    }

    private static void fill(ByteBuffer data, int length) {
        for (int done = 0; done < length; done += ZEROES.length) {
            data.put(done, ZEROES, 0, Math.min(ZEROES.length, length - done));
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
