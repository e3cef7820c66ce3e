package org.dmuser.shim.dm;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.dmuser.channel.Errno;
import org.dmuser.shim.bio.Bio;
import org.dmuser.shim.bio.EndListener;

/**
 * A bio that does not fit into one piece: cuts one piece after the other off its remainder, and ends it when all have
 * ended, with the first error there was; with ETIMEDOUT if that was among them, because then somebody may go on using
 * its memory, and whoever owns that has to know.
 *
 * <p>Is also the device that the remainder is submitted to, which is how the remainder finds the split it belongs to
 * again, even after it was deferred. The bio itself is left as it is.
 */
final class Split implements GateEntry, EndListener {
    private final BioPath path;
    private final Bio whole;
    private final Bio remainder;

    /** The pieces that have not ended, and the remainder. */
    private final AtomicInteger pending = new AtomicInteger(1);

    private final AtomicReference<Errno> failure = new AtomicReference<>(Errno.OK);

    Split(BioPath path, Bio whole) {
        this.path = path;
        this.whole = whole;
        this.remainder = copyOf(whole, whole.sector(), whole.length(), cleared(whole.data()));
    }

    /** Memory is used again and again, and keeps the limit that whoever had it last, for less, has set. */
    private static ByteBuffer cleared(ByteBuffer data) {
        return data == null ? null : data.clear();
    }

    private Bio copyOf(Bio bio, long sector, long length, ByteBuffer data) {
        return new Bio().start(bio.op(), bio.flags(), sector, length, data, this);
    }

    Bio remainder() {
        return remainder;
    }

    /** The first {@code length} bytes of the remainder, which loses them. */
    Bio cut(long length) {
        ByteBuffer data = remainder.data() == null ? null : remainder.data().slice(0, (int) length);
        Bio piece = copyOf(remainder, remainder.sector(), length, data);
        pending.incrementAndGet();
        remainder.advance(length);
        return piece;
    }

    @Override
    public Errno onEnd(Bio piece, Errno status) {
        if (status == Errno.ETIMEDOUT) {
            failure.set(status);
        } else if (status != Errno.OK) {
            failure.compareAndSet(Errno.OK, status);
        }
        if (pending.decrementAndGet() == 0) {
            whole.end(failure.get());
        }
        return status;
    }

    @Override
    public void accept(Bio bio) {
        path.submit(bio, this);
    }

    @Override
    public void admitted(Bio bio) {
        path.admit(bio, this, null);
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
