package org.dmuser.channel;

import static org.dmuser.channel.ChannelFileDescriptor.ARENA_LENGTH;
import static org.dmuser.channel.ChannelFileDescriptor.ARENA_OFFSET;
import static org.dmuser.channel.ChannelFileDescriptor.SLOTS;
import static org.dmuser.channel.ChannelFileDescriptor.SLOT_LENGTH;
import static org.dmuser.channel.ChannelFileDescriptor.slotOffset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.LongSupplier;
import org.agrona.BitUtil;

/**
 * The memory behind a channel's file: got before it is touched, slot by slot as far as it is needed, because touching a
 * page a full shared-memory file system cannot provide kills the process.
 *
 * <p>Slot 0 has all of its memory from the start, so that every message can be delivered sooner or later.
 */
final class ChannelSpace {
    /** Memory is got in steps of this many bytes: the largest request of a FUSE 2 file system. */
    private static final int STEP = 128 * 1024;

    private final Path path;
    private final int fd;
    private final AtomicIntegerArray allocated = new AtomicIntegerArray(SLOTS);

    /** Guarded by this object. */
    private final Shortage shortage = new Shortage();

    /** Guarded by this object, so that nobody uses a descriptor that has been closed, and may be another file's now. */
    private boolean closed;
    /** Slots that were lent when the channel ended, and are; guarded by this object. */
    private long stillLent;
    /** Slots that came back after the channel had ended; guarded by this object. */
    private long cameBack;

    private ChannelSpace(Path path, int fd) {
        this.path = path;
        this.fd = fd;
    }

    /**
     * Gets memory for everything but the slots, and for slot 0.
     *
     * @throws IOException if there is none; the file is deleted then
     */
    static ChannelSpace open(Path path) throws IOException {
        int fd = LinuxFile.open(path.toString());
        Errno errno = fd < 0 ? Errno.of(-fd) : LinuxFile.allocate(fd, 0, ARENA_OFFSET + (long) SLOT_LENGTH);
        if (errno != Errno.OK) {
            if (fd >= 0) {
                LinuxFile.close(fd);
            }
            Files.deleteIfExists(path);
            throw new IOException("no shared memory for the channel " + path + ": "
                    + (ARENA_OFFSET + SLOT_LENGTH) / 1024 + " KiB are needed there, " + errno.text());
        }
        ChannelSpace space = new ChannelSpace(path, fd);
        space.allocated.set(0, SLOT_LENGTH);
        return space;
    }

    /** Whether {@code length} bytes of the slot may be touched. */
    boolean covers(int slot, int length) {
        return allocated.get(slot) >= length;
    }

    /** Gets memory for {@code length} bytes of a slot, unless it is known that there is none. */
    synchronized Errno cover(int slot, int length) {
        if (closed) {
            return Errno.EIO;
        }
        int have = allocated.get(slot);
        int want = Math.min(SLOT_LENGTH, BitUtil.align(length, STEP));
        if (have >= want) {
            // Somebody else wanted it, too.
            return Errno.OK;
        }
        long nowNs = System.nanoTime();
        Errno known = shortage.answerTo(want - have, nowNs);
        return known == Errno.OK ? allocate(slot, have, want, nowNs) : known;
    }

    private Errno allocate(int slot, int have, int want, long nowNs) {
        Errno errno = LinuxFile.allocate(fd, slotOffset(slot) + (long) have, want - (long) have);
        if (errno == Errno.OK) {
            allocated.set(slot, want);
        } else {
            shortage.begin(want - have, errno, nowNs);
        }
        return errno;
    }

    /** Which slots have memory beyond that of slot 0, a bit for each. */
    long extra() {
        long extra = 0;
        for (int slot = 1; slot < SLOTS; slot++) {
            extra |= allocated.get(slot) > 0 ? bit(slot) : 0;
        }
        return extra;
    }

    /**
     * Gives the memory of some slots back, for as long as nobody needs it. Takes the queue's lock inside its own.
     *
     * @param unused finds out which, and marks them by {@link #uncover} while nobody can get at them
     */
    synchronized void trim(LongSupplier unused) {
        if (!closed) {
            release(unused.getAsLong());
            shortage.end();
        }
    }

    /** The slot has no memory any more. */
    void uncover(int slot) {
        allocated.set(slot, 0);
    }

    /**
     * Gives the memory of all slots back but that of those in {@code lent}, which follows when they come back, and
     * deletes the file. A daemon that still has it mapped reads in the header that its channel has ended, and finds
     * zeros in the slots.
     */
    synchronized void retire(long lent) throws IOException {
        stillLent = lent & ~cameBack;
        release(~stillLent);
        closeWhenDone();
        Files.deleteIfExists(path);
    }

    /** A slot that was lent when the channel ended has come back. */
    synchronized void comeBack(int slot) {
        cameBack |= bit(slot);
        if ((stillLent & bit(slot)) != 0) {
            stillLent &= ~bit(slot);
            release(bit(slot));
            closeWhenDone();
        }
    }

    private void release(long slots) {
        if (slots == -1L) {
            LinuxFile.punch(fd, ARENA_OFFSET, ARENA_LENGTH);
            return;
        }
        for (long rest = slots; rest != 0; rest &= rest - 1) {
            LinuxFile.punch(fd, slotOffset(Long.numberOfTrailingZeros(rest)), SLOT_LENGTH);
        }
    }

    private void closeWhenDone() {
        if (stillLent == 0 && !closed) {
            closed = true;
            LinuxFile.close(fd);
        }
    }

    private static long bit(int slot) {
        return 1L << slot;
    }
}
