package org.dmuser.shim.file;

import java.nio.ByteBuffer;
import org.dmuser.channel.Errno;
import org.dmuser.shim.bio.Bio;
import org.dmuser.shim.bio.BioOp;
import org.dmuser.shim.bio.BlockDevice;

/**
 * Reads and writes that begin or end within a sector, by way of the context's bounce buffer.
 *
 * <p>A write becomes one bio for each {@link IoContext#BOUNCE_SIZE} bytes, with the sectors at its edges read before,
 * all under an exclusive lock; so neither its own bytes nor those beside them can get lost.
 */
final class UnalignedIo {
    private static final int SECTOR_MASK = Bio.SECTOR_SIZE - 1;

    private final BlockDevice device;
    private final RangeLock locks;

    UnalignedIo(BlockDevice device, RangeLock locks) {
        this.device = device;
        this.locks = locks;
    }

    Errno read(IoContext context, long offset, ByteBuffer data, int length) {
        Errno status = Errno.OK;
        for (int done = 0; done < length && status == Errno.OK; ) {
            long at = offset + done;
            int head = (int) at & SECTOR_MASK;
            int count = chunk(head, length - done);
            ByteBuffer bounce = context.bounce();
            status = perform(context, BioOp.READ, 0, at - head, roundUp(head + count), bounce);
            if (status == Errno.OK) {
                data.clear().put(done, bounce.clear(), head, count);
                done += count;
            }
        }
        return status;
    }

    Errno zero(IoContext context, long offset, int length) {
        return write(context, 0, offset, null, length);
    }

    /** Writes {@code data}, or zeroes where that is null. */
    Errno write(IoContext context, long flags, long offset, ByteBuffer data, int length) {
        Errno status = Errno.OK;
        for (int done = 0; done < length && status == Errno.OK; ) {
            long at = offset + done;
            int count = chunk((int) at & SECTOR_MASK, length - done);
            long locked = locks.lockExclusive(at, count);
            try {
                status = readModifyWrite(context, flags, at, data, done, count);
            } finally {
                locks.unlockExclusive(locked);
            }
            done += count;
        }
        return status;
    }

    private Errno readModifyWrite(IoContext context, long flags, long at, ByteBuffer data, int from, int count) {
        int head = (int) at & SECTOR_MASK;
        int span = roundUp(head + count);
        long start = at - head;
        ByteBuffer bounce = context.bounce();
        Errno status = readEdges(context, start, head, count, bounce);
        if (status != Errno.OK) {
            return status;
        }
        bounce.clear();
        if (data == null) {
            for (int i = 0; i < count; i++) {
                bounce.put(head + i, (byte) 0);
            }
        } else {
            bounce.put(head, data.clear(), from, count);
        }
        return perform(context, BioOp.WRITE, flags, start, span, bounce);
    }

    /** Puts what the first and the last sector hold around the new bytes into {@code bounce}. */
    private Errno readEdges(IoContext context, long start, int head, int count, ByteBuffer bounce) {
        int last = roundUp(head + count) - Bio.SECTOR_SIZE;
        boolean tailPartial = (head + count & SECTOR_MASK) != 0;
        Errno status = Errno.OK;
        if (head != 0 || (tailPartial && last == 0)) {
            status = perform(context, BioOp.READ, 0, start, Bio.SECTOR_SIZE, bounce);
        }
        if (status == Errno.OK && tailPartial && last != 0) {
            ByteBuffer edge = context.edge();
            status = perform(context, BioOp.READ, 0, start + last, Bio.SECTOR_SIZE, edge);
            bounce.clear().put(last, edge.clear(), 0, Bio.SECTOR_SIZE);
        }
        return status;
    }

    private Errno perform(IoContext context, BioOp op, long flags, long start, int length, ByteBuffer data) {
        return context.perform(device, op, flags, start >>> Bio.SECTOR_SHIFT, length, data);
    }

    /** How much fits into the bounce buffer behind the {@code head} bytes of the first sector. */
    private static int chunk(int head, int left) {
        return Math.min(left, IoContext.BOUNCE_SIZE - head);
    }

    private static int roundUp(int length) {
        return length + SECTOR_MASK & ~SECTOR_MASK;
    }
}
