package org.dmuser.shim.file;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import org.agrona.BufferUtil;
import org.agrona.ErrorHandler;
import org.dmuser.channel.Errno;
import org.dmuser.shim.bio.Bio;
import org.dmuser.shim.bio.BioOp;
import org.dmuser.shim.bio.BlockDevice;
import org.dmuser.shim.bio.EndListener;
import org.dmuser.shim.bio.Submission;

/**
 * What one thread needs to do I/O on files: a bio, the wait for its end, and memory for unaligned edges. Belongs to
 * that thread; only {@link #describe} may be called from others.
 */
public final class IoContext {
    /** What memory for I/O is aligned to: a page, as direct I/O wants it. */
    public static final int ALIGNMENT = 4096;

    /** The most that is written by one read-modify-write, or read by way of the bounce buffer at once. */
    static final int BOUNCE_SIZE = 128 * 1024 + ALIGNMENT;

    private final ErrorHandler errors;
    private volatile Request request = new Request();
    private ByteBuffer memory;
    private ByteBuffer bounce;
    private ByteBuffer edge;

    /**
     * Makes the context of one thread.
     *
     * @param errors told what a device throws, which is a fault of the device: I/O ends with EIO
     */
    public IoContext(ErrorHandler errors) {
        this.errors = Objects.requireNonNull(errors);
    }

    /**
     * Memory for a request's data, at least {@code length} bytes, aligned to {@value #ALIGNMENT}. It is the same for
     * every request, so ask again for each: what a device that threw, or did not end in time, may still hold is not
     * used any more.
     */
    public ByteBuffer memory(int length) {
        if (memory == null || memory.capacity() < length) {
            memory = BufferUtil.allocateDirectAligned(length, ALIGNMENT);
        }
        return memory.clear();
    }

    /** What is under way, for a message about a thread that does not come back; any thread may ask. */
    public String describe() {
        return request.describe();
    }

    /** Does one request and waits for its end. */
    Errno perform(BlockDevice device, BioOp op, long flags, long sector, long length, ByteBuffer data) {
        Request current = request;
        try {
            current.submit(device, op, flags, sector, length, data);
            Errno status = current.await();
            if (status == Errno.ETIMEDOUT) {
                // Who has not answered may still do so: into memory that is nobody else's.
                giveUpMemory();
            }
            return status;
        } catch (RuntimeException | Error e) {
            // The device may still hold the bio and its memory: they are given up, not used again.
            request = new Request();
            giveUpMemory();
            errors.onError(e);
            return Errno.EIO;
        }
    }

    private void giveUpMemory() {
        memory = null;
        bounce = null;
        edge = null;
    }

    /** Memory for unaligned requests, from index 0. */
    ByteBuffer bounce() {
        if (bounce == null) {
            bounce = BufferUtil.allocateDirectAligned(BOUNCE_SIZE, ALIGNMENT);
        }
        return bounce.clear();
    }

    /** Memory for the last sector of a read-modify-write. */
    ByteBuffer edge() {
        if (edge == null) {
            edge = BufferUtil.allocateDirectAligned(Bio.SECTOR_SIZE, ALIGNMENT);
        }
        return edge.clear();
    }

    /** A bio and the one thread that waits for it. */
    private static final class Request implements EndListener {
        private static final int UNDER_WAY = 0;
        private static final int PARKED = 1;
        private static final int ENDED = 2;

        /**
         * A few microseconds: less than it takes to go to sleep and be woken, too little to starve the one waited for.
         */
        private static final int SPINS = Runtime.getRuntime().availableProcessors() > 1 ? 100 : 0;

        private static final VarHandle STATE;

        static {
            try {
                STATE = MethodHandles.lookup().findVarHandle(Request.class, "state", int.class);
            } catch (ReflectiveOperationException e) {
                throw new ExceptionInInitializerError(e);
            }
        }

        private final Bio bio = new Bio();
        private Thread waiter;
        private Errno status;
        private volatile int state = ENDED;

        void submit(BlockDevice device, BioOp op, long flags, long sector, long length, ByteBuffer data) {
            bio.start(op, flags, sector, length, data, this);
            STATE.setRelease(this, UNDER_WAY);
            Submission.submit(bio, device);
        }

        Errno await() {
            for (int spins = SPINS; spins > 0 && state != ENDED; spins--) {
                Thread.onSpinWait();
            }
            if (state != ENDED) {
                park();
            }
            return status;
        }

        private void park() {
            waiter = Thread.currentThread();
            boolean interrupted = false;
            if (STATE.compareAndSet(this, UNDER_WAY, PARKED)) {
                while (state != ENDED) {
                    LockSupport.park(this);
                    // Parking returns at once while interrupted, and a bio cannot be called back.
                    interrupted |= Thread.interrupted();
                }
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public Errno onEnd(Bio ended, Errno result) {
            status = result;
            if ((int) STATE.getAndSet(this, ENDED) == PARKED) {
                LockSupport.unpark(waiter);
            }
            return result;
        }

        String describe() {
            return state == ENDED ? "no request" : bio.toString();
        }
    }
}
