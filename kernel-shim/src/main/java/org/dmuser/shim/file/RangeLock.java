package org.dmuser.shim.file;

import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * Keeps a read-modify-write apart from every other change of the same sectors.
 *
 * <p>Without it an update is lost when a write completes between the read and the write of somebody else's
 * read-modify-write of the same sector: the old bytes come back. So a read-modify-write is exclusive; whatever changes
 * whole sectors is shared, for those need no order among themselves. Reads take no part: a sector is written by one
 * bio, before or after.
 *
 * <p>The device is cut into areas of 1 MiB and every 64th area has the same stripe, so that a lock is one compare and
 * swap for most requests and needs no memory of its own; two requests that share a stripe without need only wait for
 * each other. Exclusive holders are not starved: while one waits, no new shared one gets in, and all who wait are
 * woken, to compete anew, when the stripe is free.
 */
final class RangeLock {
    private static final int STRIPES = 64;
    private static final int AREA_SHIFT = 20;

    /** The lower bits of a stripe count its shared holders. */
    private static final int EXCLUSIVE = 1 << 30;

    /** Somebody waits, so whoever frees the stripe has to wake; set only while the stripe is held. */
    private static final int WAITERS = 1 << 31;

    private final AtomicIntegerArray stripes = new AtomicIntegerArray(STRIPES);
    private final Object freed = new Object();

    /**
     * Locks a range, not empty, among those who change whole sectors.
     *
     * @return what {@link #unlockShared} wants
     */
    long lockShared(long offset, long length) {
        long mask = mask(offset, length);
        for (long rest = mask; rest != 0; rest &= rest - 1) {
            int stripe = Long.numberOfTrailingZeros(rest);
            if (!tryShared(stripe)) {
                await(stripe, false);
            }
        }
        return mask;
    }

    /** What {@link #lockShared} does if it need not wait; otherwise nothing, and false. */
    boolean tryLockShared(long offset, long length) {
        long mask = mask(offset, length);
        for (long rest = mask; rest != 0; rest &= rest - 1) {
            if (!tryShared(Long.numberOfTrailingZeros(rest))) {
                // The lowest bits of the mask are those that were locked.
                unlockShared(mask & ~rest);
                return false;
            }
        }
        return true;
    }

    /**
     * Locks a range, not empty, for one alone.
     *
     * @return what {@link #unlockExclusive} wants
     */
    long lockExclusive(long offset, long length) {
        long mask = mask(offset, length);
        for (long rest = mask; rest != 0; rest &= rest - 1) {
            int stripe = Long.numberOfTrailingZeros(rest);
            if (!tryExclusive(stripe)) {
                await(stripe, true);
            }
        }
        return mask;
    }

    void unlockShared(long mask) {
        unlock(mask, 1);
    }

    void unlockExclusive(long mask) {
        unlock(mask, EXCLUSIVE);
    }

    /** A bit for each stripe of a range. */
    static long mask(long offset, long length) {
        long first = offset >>> AREA_SHIFT;
        long areas = (offset + length - 1 >>> AREA_SHIFT) - first + 1;
        // A rotation, because the stripes begin again at 0 in the middle of a range.
        return areas >= STRIPES ? -1L : Long.rotateLeft((1L << areas) - 1, (int) first);
    }

    private boolean tryShared(int stripe) {
        int state = stripes.get(stripe);
        while ((state & (EXCLUSIVE | WAITERS)) == 0) {
            int seen = stripes.compareAndExchange(stripe, state, state + 1);
            if (seen == state) {
                return true;
            }
            state = seen;
        }
        return false;
    }

    private boolean tryExclusive(int stripe) {
        return stripes.compareAndSet(stripe, 0, EXCLUSIVE);
    }

    private void await(int stripe, boolean exclusive) {
        boolean interrupted = false;
        synchronized (freed) {
            while (!(exclusive ? tryExclusive(stripe) : tryShared(stripe))) {
                if (!announceWaiter(stripe)) {
                    continue;
                }
                try {
                    freed.wait();
                } catch (InterruptedException e) {
                    // A read-modify-write is never left half done; the caller learns of it afterwards.
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Answers false when the stripe has become free meanwhile. */
    private boolean announceWaiter(int stripe) {
        int state = stripes.get(stripe);
        return state != 0 && ((state & WAITERS) != 0 || stripes.compareAndSet(stripe, state, state | WAITERS));
    }

    private void unlock(long mask, int held) {
        boolean wake = false;
        for (long rest = mask; rest != 0; rest &= rest - 1) {
            wake |= release(Long.numberOfTrailingZeros(rest), held);
        }
        if (wake) {
            synchronized (freed) {
                freed.notifyAll();
            }
        }
    }

    /** Answers whether somebody waits for what is now free. */
    private boolean release(int stripe, int held) {
        int state = stripes.get(stripe);
        while (true) {
            int left = state - held;
            int seen = stripes.compareAndExchange(stripe, state, left == WAITERS ? 0 : left);
            if (seen == state) {
                return left == WAITERS;
            }
            state = seen;
        }
    }
}
