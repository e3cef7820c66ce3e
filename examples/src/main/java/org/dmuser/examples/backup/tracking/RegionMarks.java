package org.dmuser.examples.backup.tracking;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The marks of regions that are written to. A mark is durable before the first write to its region: after a loss of
 * power, what lies in regions without a mark has the eras that are in the file, and is on the origin.
 *
 * <pre>
 *            first write                     forced
 *   CLEAN ---------------> MARKING ---------------------> HOT ----+
 *     ^                       (writes wait)                ^      | no write for a whole sweep
 *     |     next sweep, no write in between                |      v
 *     +--------------------------------------------------- | -- COOL
 *                                                          +------+ write
 * </pre>
 *
 * <p>A region that became CLEAN keeps its mark in the file until writes under way are over and all that was written to
 * it is durable, origin and eras: {@link #coolDown} names it, {@link #clear} removes the mark if it is still CLEAN
 * then.
 *
 * <p>Threads: writes from any; {@code coolDown} and {@code clear} from one. A write that finds its regions HOT takes no
 * lock. The lock is not held while a mark is forced: whoever comes meanwhile shares the next forcing.
 */
final class RegionMarks {
    /** How many regions are marked at once where one writes from front to back. */
    private static final int AHEAD = 8;

    private static final int CLEAN = 0;
    private static final int MARKING = 1;
    private static final int HOT = 2;
    private static final int COOL = 3;

    private final TrackingMemory memory;
    private final ByteBuffer bytes;
    private final int offset;
    private final AtomicIntegerArray states;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition forced = lock.newCondition();
    private long storedCount;
    private long forcedCount;
    private boolean isForcing;

    /** Marks that are in the file already stay there, as of regions that have become CLEAN just now. */
    RegionMarks(TrackingMemory memory, TrackingLayout layout) {
        this.memory = memory;
        this.bytes = memory.bytes();
        this.offset = TrackingLayout.MARKS;
        this.states = new AtomicIntegerArray(layout.regions());
    }

    /** Returns when all regions from {@code first} to {@code last} are marked durably. */
    void mark(int first, int last) throws IOException {
        for (int region = first; region <= last; region++) {
            if (!isHot(region)) {
                markDurably(first, last);
                return;
            }
        }
    }

    private boolean isHot(int region) {
        return states.get(region) == HOT || states.compareAndSet(region, COOL, HOT);
    }

    private void markDurably(int first, int last) throws IOException {
        int end = first > 0 && states.get(first - 1) >= HOT ? Math.max(last, first + AHEAD - 1) : last;
        int to = Math.min(end, states.length() - 1);
        lock.lock();
        try {
            for (int region = first; region <= to; region++) {
                if (!isHot(region)) {
                    states.set(region, MARKING);
                    bytes.put(offset + region, (byte) 1);
                }
            }
            awaitForced(++storedCount);
            for (int region = first; region <= to; region++) {
                states.compareAndSet(region, MARKING, HOT);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Has the marks up to number {@code stored} forced, by this thread or another. */
    private void awaitForced(long stored) throws IOException {
        while (forcedCount < stored) {
            if (isForcing) {
                forced.awaitUninterruptibly();
            } else {
                force();
            }
        }
    }

    private void force() throws IOException {
        long upTo = storedCount;
        isForcing = true;
        lock.unlock();
        try {
            memory.force(offset, states.length());
        } catch (IOException | RuntimeException e) {
            upTo = 0;
            throw e;
        } finally {
            lock.lock();
            isForcing = false;
            forcedCount = Math.max(forcedCount, upTo);
            forced.signalAll();
        }
    }

    /** Takes regions without a write since the last call but one to CLEAN; answers all that are CLEAN with a mark. */
    BitSet coolDown() {
        BitSet quiet = new BitSet();
        for (int region = 0; region < states.length(); region++) {
            boolean isQuiet = states.compareAndSet(region, COOL, CLEAN) || states.get(region) == CLEAN;
            if (!isQuiet) {
                states.compareAndSet(region, HOT, COOL);
            } else if (isMarked(region)) {
                quiet.set(region);
            }
        }
        return quiet;
    }

    /** Removes the marks of regions that {@link #coolDown} has named, unless they are written to again. */
    void clear(BitSet quiet) {
        lock.lock();
        try {
            for (int region = quiet.nextSetBit(0); region >= 0; region = quiet.nextSetBit(region + 1)) {
                if (states.get(region) == CLEAN) {
                    bytes.put(offset + region, (byte) 0);
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** Removes all marks. No write is under way, and what was written is durable. */
    void clearAll() {
        for (int region = 0; region < states.length(); region++) {
            states.set(region, CLEAN);
            bytes.put(offset + region, (byte) 0);
        }
    }

    boolean isMarked(int region) {
        return bytes.get(offset + region) != 0;
    }
}
