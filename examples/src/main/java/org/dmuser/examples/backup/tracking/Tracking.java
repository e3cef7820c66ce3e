package org.dmuser.examples.backup.tracking;

import static org.dmuser.examples.backup.tracking.TrackingLayout.REGION_BLOCKS;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.SecureRandom;
import java.util.BitSet;
import java.util.Random;

/**
 * Keeps, for each block of a device, the era in which it was last written to. An era ends with a moment; what has
 * changed since a moment is what has an era behind it.
 *
 * <p><b>A write</b> is between {@link #beginWrite} and {@link #endWrite}. Before the origin is touched, its regions
 * have a durable mark ({@link RegionMarks}) and its blocks the current era. So at any moment each block of the origin
 * that differs from what it was at the end of era e
 *
 * <ul>
 *   <li>has an era above e in memory; that is what a daemon that was killed leaves, too, since the memory is the
 *       file's;
 *   <li>after a loss of power, has an era above e in the file, or lies in a region that is marked in the file: {@link
 *       Recovery} gives all blocks of such a region the current era, which is above e.
 * </ul>
 *
 * <p>The second also covers the other direction: a write that was not flushed, is part of a backup already, and is gone
 * after a loss of power. A mark is removed only when the origin, too, was synced. And eras never go back: era e + 1 is
 * durable before the moment that ends e is given away.
 *
 * <p>Threads: writes from any number; {@link #endEra} and {@link #close} from one at a time, which is seen to by a
 * monitor; {@link #note} has one of its own, within which nobody waits for a disk, and which is taken last; {@link
 * #sweep} and {@link #forceNote} from one thread, which waits for the disk without holding anything. No lock is held by
 * a write.
 */
public final class Tracking {
    /** What is tracked as one, in bytes. The last block of a device may be shorter. */
    public static final int BLOCK_SIZE = TrackingLayout.BLOCK_SIZE;

    private static final VarHandle INT = MethodHandles.byteBufferViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final Random RANDOM = new SecureRandom();

    private final TrackingMemory memory;
    private final ByteBuffer bytes;
    private final TrackingLayout layout;
    private final int eras;
    private final RegionMarks marks;
    private final WriteGate gate = new WriteGate();
    private final MomentLog moments;
    private TrackingHeader header;
    private final Object noteLock = new Object();

    /** Guarded by {@link #noteLock}. */
    private Origin noted;

    private volatile boolean isNoteForced;
    private volatile int era;

    /**
     * @param header as it is in the file
     */
    Tracking(TrackingMemory memory, TrackingHeader header) {
        this.memory = memory;
        this.bytes = memory.bytes();
        this.layout = new TrackingLayout(header.size());
        this.eras = layout.eras();
        this.marks = new RegionMarks(memory, layout);
        this.moments = new MomentLog(bytes);
        this.header = header;
        this.era = header.era();
    }

    /**
     * Waits while a moment begins, and notes that the range changes. What it returns goes to {@link #endWrite}, however
     * the write ends.
     *
     * @throws IOException if it cannot be noted: then nothing may be written
     */
    public int beginWrite(long offset, long length) throws IOException {
        int side = gate.enter();
        try {
            int first = (int) (offset / BLOCK_SIZE);
            int last = (int) ((offset + length - 1) / BLOCK_SIZE);
            marks.mark(first / REGION_BLOCKS, last / REGION_BLOCKS);
            int now = era;
            for (int block = first; block <= last; block++) {
                // Seldom anything new, and then the line need not go from processor to processor.
                if (era(block) != now) {
                    INT.setOpaque(bytes, eras + block * Integer.BYTES, now);
                }
            }
            return side;
        } catch (IOException | RuntimeException | Error e) {
            gate.exit(side);
            throw e;
        }
    }

    public void endWrite(int side) {
        gate.exit(side);
    }

    private int era(int block) {
        return (int) INT.getOpaque(bytes, layout.era(block));
    }

    /**
     * Ends the era with a moment at which no write is under way: those that have begun are part of it, those that have
     * not are not.
     *
     * @param atMoment called while no write is under way: quick, and without I/O
     * @return the moment
     */
    public synchronized TrackingPoint endEra(Runnable atMoment) throws IOException {
        int ending = header.era();
        long moment = (long) RANDOM.nextInt() << Integer.SIZE | ending;
        moments.put(moment, System.currentTimeMillis());
        memory.force(TrackingLayout.MOMENTS, TrackingLayout.MARKS - TrackingLayout.MOMENTS);
        write(header.withEra(ending + 1));
        gate.withoutWrites(() -> {
            era = ending + 1;
            atMoment.run();
        });
        return new TrackingPoint(header.trackingId(), moment);
    }

    /** Returns when the writes that are under way now are over. */
    public void awaitWrites() {
        gate.awaitWrites();
    }

    /** Whether it can be told what has changed since. */
    public synchronized boolean knows(TrackingPoint point) {
        return point.trackingId().equals(header.trackingId()) && moments.has(point.moment());
    }

    /** Which blocks of 64 consecutive ones, the first being {@code from}, have not changed since; a bit each. */
    public long unchangedSince(TrackingPoint point, int from) {
        long unchanged = 0;
        int end = Math.min(layout.blocks() - from, Long.SIZE);
        for (int i = 0; i < end; i++) {
            if (era(from + i) <= point.era()) {
                unchanged |= 1L << i;
            }
        }
        return unchanged;
    }

    public int blocks() {
        return layout.blocks();
    }

    /** Bytes in the device. */
    public long size() {
        return layout.size();
    }

    /**
     * Notes what the origin looks like, so that writes of others can be told from ours. Lasts through a kill; through a
     * loss of power from the next {@link #forceNote} on. Never waits for a disk.
     */
    public void note(Origin origin) {
        synchronized (noteLock) {
            if (!origin.equals(noted)) {
                OriginNote.write(memory, origin);
                noted = origin;
                isNoteForced = false;
            }
        }
    }

    public void forceNote() throws IOException {
        if (!isNoteForced) {
            isNoteForced = true;
            memory.force(TrackingLayout.NOTE, 2 * SlotPair.SLOT_SIZE);
        }
    }

    /**
     * Removes the marks of regions that were not written to since the last sweep but one.
     *
     * @param syncOrigin makes durable what was written to the origin
     */
    public void sweep(Syncing syncOrigin) throws IOException {
        BitSet quiet = marks.coolDown();
        if (!quiet.isEmpty()) {
            gate.awaitWrites();
            syncOrigin.sync();
            forceEras(quiet);
            marks.clear(quiet);
        }
    }

    private void forceEras(BitSet regions) throws IOException {
        for (int from = regions.nextSetBit(0); from >= 0; ) {
            int end = regions.nextClearBit(from);
            int firstBlock = from * REGION_BLOCKS;
            int endBlock = Math.min(end * REGION_BLOCKS, layout.blocks());
            memory.force(layout.era(firstBlock), (endBlock - firstBlock) * Integer.BYTES);
            from = regions.nextSetBit(end);
        }
    }

    /** Makes something durable. */
    @FunctionalInterface
    public interface Syncing {
        void sync() throws IOException;
    }

    /** Notes that all is well. No write is under way, none will come, and the origin was synced. */
    public synchronized void close(Origin origin) throws IOException {
        note(origin);
        isNoteForced = false;
        forceNote();
        memory.force(eras, layout.length() - eras);
        marks.clearAll();
        memory.force(TrackingLayout.MARKS, layout.regions());
        write(header.closed());
    }

    private void write(TrackingHeader changed) throws IOException {
        changed.writeTo(memory);
        header = changed;
    }
}
