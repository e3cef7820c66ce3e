package org.dmuser.shim.target.log;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.dmuser.channel.Errno;
import org.dmuser.channel.RequestFlags;
import org.dmuser.shim.bio.Bio;
import org.dmuser.shim.bio.BioOp;

/**
 * The log of one target: puts what is written in order, and writes it to the log device.
 *
 * <pre>
 *   begin          ended                    ended, of a flush                 thread
 *   -------> bio   -------> unflushed       -----------------> ready to log  -------> log device
 *                    taken by the next flush, when it is sent
 * </pre>
 *
 * <p>Any thread; the log device is written by one at a time, which comes from {@code executor} when there is something
 * to write and goes when there is nothing. What goes wrong turns logging off for good: a log with a gap is worse than
 * one that ends.
 */
final class WriteLog {
    /** A sector of the log; the kernel takes the block size of the device, and ours have sectors. */
    static final int SECTOR_SIZE = Bio.SECTOR_SIZE;

    /** The longest text of a mark, in bytes: the kernel keeps room for a NUL. */
    static final int MARK_BYTES_MAX = SECTOR_SIZE - LogEntry.HEADER_SIZE - 1;

    private final LogDevice device;
    private final LogMemory memory;
    private final Executor executor;
    private final Consumer<String> problems;
    private final Object lock = new Object();

    /** Ended, and not covered by a flush. Guarded by {@code lock}, as is all below. */
    private Deque<PendingEntry> unflushed = new ArrayDeque<>();

    private final Deque<PendingEntry> ready = new ArrayDeque<>();
    private boolean writing;
    private long entries;
    private long nextSector = 1;

    /** Written under {@code lock}. */
    private volatile boolean enabled = true;

    /** @param problems hears why logging is turned off */
    WriteLog(LogDevice device, LogMemory memory, Executor executor, Consumer<String> problems) {
        this.device = device;
        this.memory = memory;
        this.executor = executor;
        this.problems = problems;
    }

    boolean isEnabled() {
        return enabled;
    }

    /**
     * An entry for {@code bio}, which is about to be sent and changes something; {@link #ended} is to follow. Null
     * where there is no memory for it: logging is off then.
     */
    PendingEntry begin(Bio bio) {
        long sectors = bio.length() >>> Bio.SECTOR_SHIFT;
        LogEntry entry = new LogEntry(bio.sector(), sectors, flags(bio), 0);
        ByteBuffer block = newBlock(SECTOR_SIZE + entry.dataSectors() * SECTOR_SIZE);
        if (block == null) {
            return null;
        }
        entry.write(block);
        if (bio.op().hasData() && bio.length() > 0) {
            // Its limit is whatever somebody before has set.
            block.put(SECTOR_SIZE, bio.data().clear(), 0, (int) bio.length());
        }
        return new PendingEntry(entry, block, entry.has(LogEntry.FLUSH) ? takeUnflushed() : new ArrayDeque<>(0));
    }

    private static long flags(Bio bio) {
        return (bio.has(RequestFlags.PREFLUSH) ? LogEntry.FLUSH : 0)
                | (bio.has(RequestFlags.FUA) ? LogEntry.FUA : 0)
                | (bio.op() == BioOp.DISCARD ? LogEntry.DISCARD : 0)
                | (bio.has(RequestFlags.META) ? LogEntry.METADATA : 0);
    }

    /** Memory of zeros that {@link #release} gives back; null where there is none. */
    private ByteBuffer newBlock(long size) {
        String reason = "the writes that wait for a flush take more than " + (memory.limit() >> 20)
                + " MiB, half of the memory of this process";
        if (memory.take((int) size)) {
            try {
                return ByteBuffer.allocate((int) size);
            } catch (OutOfMemoryError e) {
                memory.give((int) size);
                reason = "no memory for " + size + " bytes: " + e.getMessage();
            }
        }
        disable(reason);
        return null;
    }

    private Deque<PendingEntry> takeUnflushed() {
        synchronized (lock) {
            Deque<PendingEntry> taken = unflushed;
            unflushed = new ArrayDeque<>();
            return taken;
        }
    }

    /** The bio of an entry has ended; how, makes no difference, as in the kernel: it may have reached the disk. */
    void ended(PendingEntry pending) {
        boolean waits = !pending.entry().has(LogEntry.FLUSH | LogEntry.FUA);
        synchronized (lock) {
            if (waits && enabled) {
                unflushed.add(pending);
                return;
            }
            ready.addAll(pending.before());
            ready.add(pending);
        }
        startWriting();
    }

    /** Forgets an entry: of a bio that has done nothing, or that is in the log. */
    void release(PendingEntry pending) {
        memory.give(pending.block().capacity());
    }

    /** Puts a text into the log, cut to {@link #MARK_BYTES_MAX}. */
    void mark(byte[] text) {
        int length = Math.min(text.length, MARK_BYTES_MAX);
        ByteBuffer block = newBlock(SECTOR_SIZE);
        if (block != null) {
            LogEntry entry = new LogEntry(0, 0, LogEntry.MARK, length);
            entry.write(block);
            block.put(LogEntry.HEADER_SIZE, text, 0, length);
            synchronized (lock) {
                ready.add(new PendingEntry(entry, block, new ArrayDeque<>(0)));
            }
        }
        startWriting();
    }

    private void startWriting() {
        synchronized (lock) {
            if (writing || ready.isEmpty()) {
                return;
            }
            writing = true;
        }
        try {
            executor.execute(this::writeAll);
        } catch (RuntimeException | Error e) {
            disable("no thread to write it: " + e);
            writeAll();
        }
    }

    private void writeAll() {
        for (PendingEntry pending = nextReady(); pending != null; pending = nextReady()) {
            try {
                write(pending);
            } catch (RuntimeException | Error e) {
                disable("writing to the log device failed: " + e);
            } finally {
                release(pending);
            }
        }
    }

    /** Null if there is none; then this thread is no longer the one that writes. */
    private PendingEntry nextReady() {
        synchronized (lock) {
            PendingEntry pending = ready.poll();
            writing = pending != null;
            lock.notifyAll();
            return pending;
        }
    }

    private void write(PendingEntry pending) {
        long sector = place(pending);
        if (sector == 0) {
            return;
        }
        Errno status = device.write(sector, pending.block());
        if (status == Errno.OK && pending.entry().has(LogEntry.FUA | LogEntry.MARK)) {
            status = device.write(0, superblock());
        }
        if (status != Errno.OK) {
            disable("writing to the log device failed: " + status.text());
        }
    }

    /** Where in the log an entry goes, counting it; 0 if it does not. The last sector stays free, as in the kernel. */
    private long place(PendingEntry pending) {
        long size = device.sectors();
        synchronized (lock) {
            if (!enabled) {
                return 0;
            }
            long sector = nextSector;
            nextSector += pending.block().capacity() / SECTOR_SIZE;
            if (size == 0 || nextSector < size) {
                entries++;
                return sector;
            }
        }
        disable("the log device is full: it has " + size + " sectors");
        return 0;
    }

    private ByteBuffer superblock() {
        ByteBuffer sector = ByteBuffer.allocate(SECTOR_SIZE);
        synchronized (lock) {
            new LogSuperblock(entries, SECTOR_SIZE).write(sector);
        }
        return sector;
    }

    private void disable(String reason) {
        synchronized (lock) {
            if (!enabled) {
                return;
            }
            enabled = false;
            unflushed.forEach(this::release);
            unflushed.clear();
        }
        problems.accept("logging is off: " + reason);
    }

    /**
     * Puts into the log what no flush has covered, and waits until all is written.
     *
     * @param patience how long the log device may take for one entry
     * @return whether all was written; if not, the rest is dropped
     */
    boolean finish(byte[] lastMark, long patience, TimeUnit unit) {
        synchronized (lock) {
            ready.addAll(unflushed);
            unflushed.clear();
        }
        mark(lastMark);
        boolean done = awaitWritten(unit.toNanos(patience));
        if (!done) {
            disable("the log device does not answer");
        }
        return done;
    }

    private boolean awaitWritten(long patienceNs) {
        boolean interrupted = false;
        synchronized (lock) {
            int left = ready.size();
            long deadlineNs = System.nanoTime() + patienceNs;
            while (writing && System.nanoTime() - deadlineNs < 0) {
                try {
                    TimeUnit.NANOSECONDS.timedWait(lock, Math.max(1, deadlineNs - System.nanoTime()));
                } catch (InterruptedException e) {
                    interrupted = true;
                }
                if (ready.size() != left) {
                    left = ready.size();
                    deadlineNs = System.nanoTime() + patienceNs;
                }
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
            return !writing;
        }
    }

    /** How many entries it has, and the last sector of the log device that was given to one. */
    String status() {
        synchronized (lock) {
            return entries + " " + (nextSector - 1) + (enabled ? "" : " logging_disabled");
        }
    }
}
