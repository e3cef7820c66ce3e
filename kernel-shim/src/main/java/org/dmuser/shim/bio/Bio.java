package org.dmuser.shim.bio;

import java.nio.ByteBuffer;
import java.util.Objects;
import org.agrona.LangUtil;
import org.dmuser.channel.Errno;
import org.dmuser.channel.RequestFlags;

/**
 * One request on a device: an operation on a range of sectors, with a view of the data.
 *
 * <p>A bio belongs to one thread at a time: its submitter's until it is submitted, then whoever holds it, and after
 * {@link #end} the submitter's again, who may {@link #start} it anew. Whoever hands it to another thread does so
 * through something that publishes it. Nothing is allocated between two starts unless it passes through more devices
 * than ever before.
 *
 * <p>On its way down, {@link #push} leaves a frame for each device that wants to hear of the end; a frame remembers
 * where the bio was, so a device may move it freely.
 */
public final class Bio {
    /** Bytes in a sector. */
    public static final int SECTOR_SIZE = 512;

    /** The shift between sectors and bytes. */
    public static final int SECTOR_SHIFT = 9;

    /** The last sector anything may end at: its last byte must have a number. */
    public static final long SECTORS_MAX = Long.MAX_VALUE >> SECTOR_SHIFT;

    private final EndStack ends = new EndStack();
    private BioOp op;
    private long flags;
    private long sector;
    private long length;
    private int copy;
    private BlockDevice device;

    private ByteBuffer memory;
    private int memoryIndex;

    /** The memory from that index on; null where nobody has asked for it. */
    private ByteBuffer data;

    private boolean acceptsLent;
    private ByteBuffer lent;
    private int lentIndex;

    /** Links bios in the one list that holds this one: a submission's, or the deferred bios of a device. */
    private Bio next;

    /**
     * Makes this a new request.
     *
     * @param flags bits of {@link RequestFlags}, which are the kernel's {@code REQ_} flags as dm-user numbers them
     * @param sector where it begins on the device it will be submitted to
     * @param length bytes, a multiple of {@value #SECTOR_SIZE}; 0 only for an empty flush
     * @param data for a READ the memory to fill, for a WRITE the data, from index 0 to {@code length}; null otherwise.
     *     Its position and limit are anybody's to move while the bio is under way
     * @param listener called last of all when the bio has ended
     */
    public Bio start(BioOp op, long flags, long sector, long length, ByteBuffer data, EndListener listener) {
        if (length < 0 || (length & (SECTOR_SIZE - 1)) != 0 || sector < 0) {
            throw new IllegalArgumentException("not a range of sectors: sector " + sector + ", length " + length);
        }
        if (length == 0 && (op != BioOp.WRITE || (flags & RequestFlags.PREFLUSH) == 0)) {
            throw new IllegalArgumentException(op + " without length, which only a WRITE with PREFLUSH may be");
        }
        if (op.hasData() && length > 0 && (data == null || data.capacity() < length)) {
            throw new IllegalArgumentException(op + " of " + length + " bytes with less memory than that");
        }
        begin(op, flags, sector, length, listener);
        memory = data;
        memoryIndex = 0;
        this.data = data;
        return this;
    }

    /**
     * Makes this a new request for the first {@code length} bytes of {@code whole}, with the same memory, whose limit
     * has to stay at its capacity from now on. The whole stays as it is, and its {@link #data} is not to be used before
     * this has ended.
     */
    public Bio startPart(Bio whole, long flags, long length, EndListener listener) {
        if (length > whole.length) {
            throw new IllegalArgumentException(length + " bytes are no part of " + whole);
        }
        begin(whole.op, flags, whole.sector, length, listener);
        if (whole.memory != null) {
            // It keeps the limit that whoever had it last, for less, has set.
            whole.memory.clear();
        }
        memory = whole.memory;
        memoryIndex = whole.memoryIndex;
        data = length == whole.length ? whole.data : null;
        return this;
    }

    private void begin(BioOp op, long flags, long sector, long length, EndListener listener) {
        if (!ends.isEmpty()) {
            throw new IllegalStateException("bio started while under way: " + this);
        }
        this.op = Objects.requireNonNull(op);
        this.flags = flags;
        this.sector = sector;
        this.length = length;
        acceptsLent = false;
        lent = null;
        push(listener);
    }

    /** Lets go of its memory: for one that has ended and is kept to be used again. */
    public void forget() {
        memory = null;
        data = null;
        lent = null;
        device = null;
    }

    public BioOp op() {
        return op;
    }

    /** Bits of {@link RequestFlags}. */
    public long flags() {
        return flags;
    }

    public boolean has(long flag) {
        return (flags & flag) != 0;
    }

    /** Where it begins on the device it is on now, in sectors. */
    public long sector() {
        return sector;
    }

    /** Bytes. */
    public long length() {
        return length;
    }

    /** The first sector behind it. */
    public long endSector() {
        return sector + (length >>> SECTOR_SHIFT);
    }

    /**
     * The memory, index 0 being the first byte of this bio; null where there is none. The first call for a part of
     * another bio makes an object; {@link #memory} does without.
     */
    public ByteBuffer data() {
        if (data == null && memory != null) {
            data = memory.slice(memoryIndex, (int) length);
        }
        return data;
    }

    /** The memory its data is part of, which other bios may be using too; null where there is none. */
    public ByteBuffer memory() {
        return memory;
    }

    /** Where in {@link #memory} its data begins. */
    public int memoryIndex() {
        return memoryIndex;
    }

    /** Which of the copies a target has asked for this is, from 0; told to that target only. */
    public int copy() {
        return copy;
    }

    /** Set by the device that is about to have it mapped. */
    public void copy(int number) {
        copy = number;
    }

    /** Whether it is a flush and nothing else. */
    public boolean isEmptyFlush() {
        return length == 0 && has(RequestFlags.PREFLUSH);
    }

    /** The device it is on, or has been remapped to. */
    public BlockDevice device() {
        return device;
    }

    void sendTo(BlockDevice device) {
        this.device = device;
    }

    /** Says where it goes next. The sector is what it was again when the listener pushed before this is called. */
    public void remap(BlockDevice device, long sector) {
        this.device = device;
        this.sector = sector;
    }

    /** Says where a part of it goes next, and that no more of it is wanted: for copies that share the work. */
    public void remap(BlockDevice device, long sector, long length) {
        remap(device, sector);
        this.length = length;
    }

    /** Drops its first {@code bytes}, a multiple of the sector: what is left is the remainder of a split. */
    public void advance(long bytes) {
        if (bytes <= 0 || bytes >= length) {
            throw new IllegalArgumentException("cannot advance by " + bytes + " of " + length + " bytes");
        }
        sector += bytes >>> SECTOR_SHIFT;
        length -= bytes;
        // Where a part of the data is says nothing about the whole.
        acceptsLent = false;
        if (memory != null) {
            memoryIndex += (int) bytes;
            data = null;
        }
    }

    /**
     * Has {@code listener} called when this bio ends, before everyone pushed so far.
     *
     * @return a ticket by which {@link #isPending} tells whether that call is still to come
     */
    public long push(EndListener listener) {
        return ends.push(listener, sector);
    }

    /** That of the listener pushed last. */
    long ticket() {
        return ends.ticket();
    }

    /** The listener pushed last, which will be called first; null if it is not under way. */
    public EndListener listener() {
        return ends.listener();
    }

    /**
     * Takes back what was pushed last, and the moves since: for a device that keeps the bio after all.
     *
     * @throws IllegalStateException if somebody else has pushed since
     */
    public void pop(EndListener listener) {
        if (ends.listener() != listener) {
            throw new IllegalStateException("not pushed last on " + this + ": " + listener);
        }
        popEnd();
    }

    /**
     * Lets the data of a READ stay where its handler has it, to be found by {@link #lent}. Only for bios to a device
     * that has a {@link BlockDevice#queue}: whoever is in between does not look at {@link #data}.
     */
    public Bio acceptLent() {
        acceptsLent = true;
        return this;
    }

    public boolean acceptsLent() {
        return acceptsLent;
    }

    /** Says where the data is; before the end, by whoever has it. */
    public void lend(ByteBuffer memory, int index) {
        lent = memory;
        lentIndex = index;
    }

    /** Where the data of a READ is that has ended, if not in {@link #data}; only while its listeners are called. */
    public ByteBuffer lent() {
        return lent;
    }

    /** Where in {@link #lent} the data begins. */
    public int lentIndex() {
        return lentIndex;
    }

    /** Whether it has been started and has not ended, as far as the calling thread can see. */
    public boolean isPending() {
        return !ends.isEmpty();
    }

    /**
     * Whether the listener pushed for {@code ticket} is still to be called. A thread that has ended the bio, or seen it
     * ended, is told no for certain, whatever the submitter has done with the bio since.
     */
    public boolean isPending(long ticket) {
        return ends.holds(ticket);
    }

    private EndListener popEnd() {
        EndListener listener = ends.listener();
        sector = ends.sector();
        ends.pop();
        return listener;
    }

    /**
     * Ends it, once, from any thread: calls the listeners, last pushed first, each with what the one below it returned.
     * One that throws counts as one that returned EIO, and what it threw is thrown again when all have been called.
     *
     * @throws IllegalStateException if it has ended already
     */
    public void end(Errno status) {
        if (ends.isEmpty()) {
            throw new IllegalStateException("bio ended twice: " + this);
        }
        Errno passed = Objects.requireNonNull(status);
        Throwable thrown = null;
        boolean last = false;
        while (!last && passed != null) {
            EndListener listener = popEnd();
            // After the first listener of all returns, the bio is its submitter's and may be in use again.
            last = ends.isEmpty();
            try {
                passed = listener.onEnd(this, passed);
            } catch (RuntimeException | Error e) {
                passed = Errno.EIO;
                thrown = e;
            }
        }
        if (thrown != null) {
            LangUtil.rethrowUnchecked(thrown);
        }
    }

    /** The bio behind this one in the list that holds it. */
    public Bio next() {
        return next;
    }

    /** Set by the owner of the list that holds it. */
    public void next(Bio bio) {
        next = bio;
    }

    @Override
    public String toString() {
        return op + " sector " + sector + " length " + length
                + (flags == 0 ? "" : " flags 0x" + Long.toHexString(flags));
    }
}
