package org.dmuser.shim.file;

import java.nio.ByteBuffer;
import java.util.Objects;
import org.dmuser.channel.Errno;
import org.dmuser.channel.MessageQueue;
import org.dmuser.channel.MessageQueues;
import org.dmuser.channel.RequestFlags;
import org.dmuser.shim.bio.Bio;
import org.dmuser.shim.bio.BioOp;
import org.dmuser.shim.bio.BlockDevice;

/**
 * A block device as a file: bytes at an offset, in and out.
 *
 * <p>Any number of threads may call, each with its own {@link IoContext}, and each waits until its request has ended.
 * The size is the device's at the moment of the call; reads end there, writes that begin there fail with ENOSPC and
 * writes that reach over it are cut.
 *
 * <p>Memory is the caller's, direct or not, used from index 0 whatever its position and limit, which are undefined
 * afterwards. A request in whole sectors passes it to the device as it is.
 */
public final class BlockFile {
    private static final int SECTOR_MASK = Bio.SECTOR_SIZE - 1;

    private final BlockDevice device;
    private final RangeLock locks = new RangeLock();
    private final UnalignedIo unaligned;

    /** Makes a file of {@code device}. There may be no other file of the same device that is written to unaligned. */
    public BlockFile(BlockDevice device) {
        this.device = Objects.requireNonNull(device);
        this.unaligned = new UnalignedIo(device, locks);
    }

    /** Bytes. */
    public long size() {
        return device.sectors() << Bio.SECTOR_SHIFT;
    }

    /** Whether every change is refused with EROFS. */
    public boolean readOnly() {
        return device.readOnly();
    }

    /**
     * Reads into {@code data}.
     *
     * @return how many bytes, less than {@code length} only at the end of the device; or a negated errno
     */
    public int read(IoContext context, long offset, ByteBuffer data, int length) {
        checkRange(offset, length);
        int count = lengthInside(offset, length);
        if (count == 0) {
            return 0;
        }
        Errno status = isAligned(offset, count)
                ? context.perform(device, BioOp.READ, 0, sector(offset), count, data)
                : unaligned.read(context, offset, data, count);
        return result(status, count);
    }

    /**
     * Writes {@code data}.
     *
     * @param fua whether it has to be durable on return
     * @return how many bytes, less than {@code length} only at the end of the device; or a negated errno
     */
    public int write(IoContext context, long offset, ByteBuffer data, int length, boolean fua) {
        checkRange(offset, length);
        if (readOnly()) {
            return -Errno.EROFS.number();
        }
        if (length == 0) {
            return 0;
        }
        int count = lengthInside(offset, length);
        if (count == 0) {
            return -Errno.ENOSPC.number();
        }
        long flags = fua ? RequestFlags.FUA : 0;
        Errno status = isAligned(offset, count)
                ? change(context, BioOp.WRITE, flags, offset, count, data)
                : unaligned.write(context, flags, offset, data, count);
        return result(status, count);
    }

    /** Makes durable every write that has returned. */
    public Errno sync(IoContext context) {
        return context.perform(device, BioOp.WRITE, RequestFlags.PREFLUSH, 0, 0, null);
    }

    /** Where all of its data comes to, if that is one queue and nothing in between needs it; otherwise null. */
    public MessageQueue queue() {
        return device.queue();
    }

    /** {@link BlockDevice#addQueues}. */
    public void addQueues(MessageQueues queues) {
        device.addQueues(queues);
    }

    /** Whether a range is whole sectors of the device, as {@link #startRead} and {@link #startWrite} want it. */
    public boolean isWhole(long offset, int length) {
        return offset >= 0 && length > 0 && isAligned(offset, length) && lengthInside(offset, length) == length;
    }

    /**
     * Begins to read whole sectors of the device into {@code data}; {@code request} is told when that has ended, which
     * may be before this returns.
     *
     * <p>This, and its like, throw what a device throws, when the request has ended all the same; as with {@link
     * IoContext}, its memory must not be used again then.
     *
     * @return false if the range is not such: nothing has begun, {@link #read} is what to call
     */
    public boolean startRead(FileRequest request, long offset, ByteBuffer data, int length) {
        checkRange(offset, length);
        boolean whole = isWhole(offset, length);
        if (whole) {
            request.start(device, BioOp.READ, 0, sector(offset), length, data);
        }
        return whole;
    }

    /** As {@link #startRead}, to write; {@link #write} says what {@code fua} is. */
    public boolean startWrite(FileRequest request, long offset, ByteBuffer data, int length, boolean fua) {
        checkRange(offset, length);
        if (!isWhole(offset, length) || readOnly()) {
            return false;
        }
        request.lock(locks, offset, length);
        request.start(device, BioOp.WRITE, fua ? RequestFlags.FUA : 0, sector(offset), length, data);
        return true;
    }

    /** Begins what {@link #sync} does. */
    public void startSync(FileRequest request) {
        request.start(device, BioOp.WRITE, RequestFlags.PREFLUSH, 0, 0, null);
    }

    /**
     * Gives up the content of a range, as far as it lies in the device: its whole sectors are one DISCARD, its edges
     * are zeroed. What the sectors hold afterwards is the device's to say.
     *
     * @return EOPNOTSUPP, and nothing has changed, if the device does not discard
     */
    public Errno discard(IoContext context, long offset, long length) {
        return changeRange(context, BioOp.DISCARD, 0, offset, length);
    }

    /**
     * Zeroes a range, as far as it lies in the device: its whole sectors by one WRITE_ZEROES, its edges by writing.
     *
     * @param keepAllocated whether the device must keep what backs the range
     * @return EOPNOTSUPP, and nothing has changed, if the device cannot zero
     */
    public Errno writeZeroes(IoContext context, long offset, long length, boolean keepAllocated) {
        long flags = keepAllocated ? RequestFlags.NOUNMAP : 0;
        return changeRange(context, BioOp.WRITE_ZEROES, flags, offset, length);
    }

    private Errno changeRange(IoContext context, BioOp op, long flags, long offset, long length) {
        checkRange(offset, length);
        if (readOnly()) {
            return Errno.EROFS;
        }
        long size = size();
        if (offset >= size) {
            return Errno.OK;
        }
        long end = Math.min(size, offset > Long.MAX_VALUE - length ? Long.MAX_VALUE : offset + length);
        long middle = offset + SECTOR_MASK & ~SECTOR_MASK;
        long middleEnd = end & ~SECTOR_MASK;
        if (middle >= middleEnd) {
            // At most two parts of sectors, with no whole one between them.
            return length == 0 ? Errno.OK : unaligned.zero(context, offset, (int) (end - offset));
        }
        // First, because this is what the device may not be able to do.
        Errno status = change(context, op, flags, middle, middleEnd - middle, null);
        if (status == Errno.OK && offset < middle) {
            status = unaligned.zero(context, offset, (int) (middle - offset));
        }
        if (status == Errno.OK && middleEnd < end) {
            status = unaligned.zero(context, middleEnd, (int) (end - middleEnd));
        }
        return status;
    }

    private Errno change(IoContext context, BioOp op, long flags, long offset, long length, ByteBuffer data) {
        long locked = locks.lockShared(offset, length);
        try {
            return context.perform(device, op, flags, sector(offset), length, data);
        } finally {
            locks.unlockShared(locked);
        }
    }

    private int lengthInside(long offset, int length) {
        return (int) Math.max(0, Math.min(length, size() - offset));
    }

    private static boolean isAligned(long offset, int length) {
        return ((offset | length) & SECTOR_MASK) == 0;
    }

    private static long sector(long offset) {
        return offset >>> Bio.SECTOR_SHIFT;
    }

    private static int result(Errno status, int count) {
        return status == Errno.OK ? count : -status.number();
    }

    private static void checkRange(long offset, long length) {
        if (offset < 0 || length < 0) {
            throw new IllegalArgumentException("not a range of bytes: offset " + offset + ", length " + length);
        }
    }
}
