package org.dmuser.examples.backup.moment;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.channels.FileChannel;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.dmuser.sdk.file.FileTransfer;

/**
 * Gives away the slots of a moment's log, and makes room in the ring for more: takes memory, and then writes the oldest
 * segments to a file, as long as less than three quarters of the ring are free. Where that fails there is no more room,
 * and that is all: what is in the ring stays there.
 *
 * <pre>
 *   log   | in the file, too | in the ring only   | free in the ring | no room yet ...
 *                             oldest         taken               limit
 * </pre>
 *
 * <p>Threads: slots are taken by any number; room is made by a thread that begins when the first is asked for, as most
 * moments keep nothing.
 */
final class Spill implements AutoCloseable {
    /** There is no room. */
    static final int NONE = -1;

    private final Ring ring;
    private final FileChannel file;
    private final int enough;
    private final AtomicInteger taken = new AtomicInteger();
    /** Slots of the segment in a place that have their content. */
    private final AtomicIntegerArray filled;

    private final SideThread thread = new SideThread("spill", this::work);

    private volatile int limit;

    /** @param file where to; closed by the caller, after this */
    Spill(Ring ring, FileChannel file) {
        this.ring = ring;
        this.file = file;
        this.enough = ring.places() * Ring.SEGMENT_SLOTS * 3 / 4;
        this.filled = new AtomicIntegerArray(ring.places());
        ring.setOldest(0);
    }

    /**
     * Slots for the sole use of the caller: as many as are wanted, but not beyond a segment.
     *
     * @return the first one, or {@link #NONE}
     */
    int take(int wanted) {
        while (true) {
            int slot = taken.get();
            int next = slot + Math.min(wanted, Ring.slotsLeft(slot));
            if (next > limit) {
                askForRoom();
                return NONE;
            }
            if (taken.compareAndSet(slot, next)) {
                return slot;
            }
        }
    }

    private void askForRoom() {
        if (ring.places() > 0) {
            thread.begin();
        }
    }

    /** Says that slots that were taken have their content. */
    void filled(int slot, int count) {
        if (filled.addAndGet(slot / Ring.SEGMENT_SLOTS % ring.places(), count) == Ring.SEGMENT_SLOTS) {
            thread.wake();
        }
    }

    /** Until there is enough, or it fails. */
    private boolean work() {
        try {
            return makeRoom();
        } catch (IOException e) {
            System.getLogger(Spill.class.getName())
                    .log(Level.INFO, "no more memory for what a backup has yet to read: " + e);
            thread.stop();
            return false;
        }
    }

    /**
     * Makes room for one more segment.
     *
     * @return false if there is enough, or nothing can be done before another segment is full
     */
    boolean makeRoom() throws IOException {
        int segment = limit / Ring.SEGMENT_SLOTS;
        if (thread.isStopped() || segment == ring.segments() || limit - taken.get() >= enough) {
            return false;
        }
        int oldest = segment - ring.places();
        if (oldest >= 0 && !free(oldest)) {
            return false;
        }
        ring.prepare(segment);
        limit = (segment + 1) * Ring.SEGMENT_SLOTS;
        return true;
    }

    /** Has a segment in the file, and its place for another, unless it is not full yet. */
    private boolean free(int segment) throws IOException {
        int place = segment % ring.places();
        if (filled.get(place) < Ring.SEGMENT_SLOTS) {
            return false;
        }
        FileTransfer.writeFully(file, (long) segment * Ring.SEGMENT, ring.segment(segment));
        filled.set(place, 0);
        ring.setOldest((segment + 1L) * Ring.SEGMENT_SLOTS);
        return true;
    }

    /** Nothing more is written out, after what is just being written. */
    void stop() {
        thread.stop();
    }

    /** Nobody takes slots any more; returns when nothing is written any more. */
    @Override
    public void close() {
        thread.close();
    }
}
