package org.dmuser.examples.memory;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.StampedLock;
import java.util.stream.Stream;
import org.dmuser.channel.Errno;
import org.dmuser.channel.Memory;
import org.dmuser.sdk.BlockException;
import org.dmuser.sdk.BlockHandler;
import org.dmuser.sdk.DeviceInfo;
import org.dmuser.sdk.ReadAnswer;
import org.dmuser.sdk.ThreadModel;
import org.dmuser.sdk.config.ByteSize;

/**
 * A RAM disk. Shows a handler that serves several threads, discards, and takes whatever size it is given.
 *
 * <pre>{@code
 * dmuser run memory --size 1G --at /tmp/disk
 * }</pre>
 *
 * <p>The device is cut into extents of 1 MiB, each of which is null until something is written to it, reads as zeros as
 * long, and becomes null again when all of it is discarded. So a device may be far larger than memory; when that runs
 * out, writes fail with ENOSPC, as on a thin-provisioned disk.
 *
 * <p>Any number of threads copy to and from an extent at the same time under the shared side of its lock, the exclusive
 * side of which is needed to make it or free it.
 */
public final class MemoryHandler implements BlockHandler {
    static final int EXTENT_SIZE = 1 << 20;

    /** To be read at an index, or from a duplicate: its position and limit stay as they are. */
    static final ByteBuffer ZEROES = ByteBuffer.allocateDirect(EXTENT_SIZE).asReadOnlyBuffer();

    private static final int STRIPES = 64;
    private static final long SIZE_MAX = 16L << 40;

    private final ExtentMemory memory;
    private final AtomicInteger extentsInUse = new AtomicInteger();
    private final StampedLock[] locks =
            Stream.generate(StampedLock::new).limit(STRIPES).toArray(StampedLock[]::new);

    private ByteBuffer[] extents = {};

    MemoryHandler(ExtentMemory memory) {
        this.memory = memory;
    }

    @Override
    public ThreadModel threadModel() {
        return ThreadModel.PARALLEL;
    }

    @Override
    public void open(DeviceInfo device) throws BlockException {
        if (device.size() > SIZE_MAX) {
            throw new BlockException(Errno.ENOSPC, "a memory disk has " + ByteSize.format(SIZE_MAX) + " at most");
        }
        extents = new ByteBuffer[(int) ((device.size() + EXTENT_SIZE - 1) / EXTENT_SIZE)];
    }

    @Override
    public void read(long offset, ByteBuffer dst) {
        while (dst.hasRemaining()) {
            int index = index(offset);
            int within = within(offset);
            int length = Math.min(dst.remaining(), EXTENT_SIZE - within);
            StampedLock lock = lock(index);
            long stamp = lock.readLock();
            try {
                ByteBuffer extent = extents[index];
                if (extent == null) {
                    Memory.copy(ZEROES, 0, dst, dst.position(), length);
                } else {
                    Memory.copy(extent, within, dst, dst.position(), length);
                }
            } finally {
                lock.unlockRead(stamp);
            }
            dst.position(dst.position() + length);
            offset += length;
        }
    }

    /** What lies in one extent is where it is wanted already; the lock keeps it there until it is answered. */
    @Override
    public boolean lend(long offset, int length, ReadAnswer answer) {
        int index = index(offset);
        int within = within(offset);
        if (length > EXTENT_SIZE - within) {
            return false;
        }
        StampedLock lock = lock(index);
        long stamp = lock.readLock();
        try {
            ByteBuffer extent = extents[index];
            answer.from(extent == null ? ZEROES : extent, extent == null ? 0 : within);
            return true;
        } finally {
            lock.unlockRead(stamp);
        }
    }

    @Override
    public void write(long offset, ByteBuffer src) throws IOException {
        while (src.hasRemaining()) {
            int index = index(offset);
            int within = within(offset);
            int length = Math.min(src.remaining(), EXTENT_SIZE - within);
            StampedLock lock = lock(index);
            long stamp = lockToWrite(lock, index);
            try {
                Memory.copy(src, src.position(), extents[index], within, length);
            } finally {
                lock.unlock(stamp);
            }
            src.position(src.position() + length);
            offset += length;
        }
    }

    /** Nothing is safe from a loss of power here. */
    @Override
    public void flush() {}

    /** Gives the memory of whole extents back, and leaves zeros in the rest of the range. */
    @Override
    public void discard(long offset, long length) {
        long end = offset + length;
        while (offset < end) {
            int index = index(offset);
            int within = within(offset);
            int piece = (int) Math.min(end - offset, EXTENT_SIZE - within);
            StampedLock lock = lock(index);
            long stamp = lock.writeLock();
            try {
                ByteBuffer extent = extents[index];
                if (extent != null && piece == EXTENT_SIZE) {
                    free(index);
                } else if (extent != null) {
                    extent.put(within, ZEROES, 0, piece);
                }
            } finally {
                lock.unlockWrite(stamp);
            }
            offset += piece;
        }
    }

    /** What is discarded reads as zeros, so this is the same. */
    @Override
    public void writeZeroes(long offset, long length) {
        discard(offset, length);
    }

    @Override
    public void close() {
        for (int index = 0; index < extents.length; index++) {
            if (extents[index] != null) {
                free(index);
            }
        }
    }

    /** How many bytes of memory it takes. */
    public long memoryInUse() {
        return (long) extentsInUse.get() * EXTENT_SIZE;
    }

    /** Locks an extent so that it exists and stays: shared, if it existed before. */
    private long lockToWrite(StampedLock lock, int index) throws IOException {
        long stamp = lock.readLock();
        if (extents[index] != null) {
            return stamp;
        }
        lock.unlockRead(stamp);
        stamp = lock.writeLock();
        try {
            if (extents[index] == null) {
                extents[index] = memory.allocate();
                extentsInUse.incrementAndGet();
            }
            return stamp;
        } catch (IOException | RuntimeException | Error e) {
            lock.unlockWrite(stamp);
            throw e;
        }
    }

    private void free(int index) {
        memory.free(extents[index]);
        extents[index] = null;
        extentsInUse.decrementAndGet();
    }

    private StampedLock lock(int index) {
        return locks[index % STRIPES];
    }

    private static int index(long offset) {
        return (int) (offset / EXTENT_SIZE);
    }

    private static int within(long offset) {
        return (int) (offset % EXTENT_SIZE);
    }
}
