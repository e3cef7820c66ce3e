package org.dmuser.examples.backup.moment;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.Closeable;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.dmuser.examples.backup.tracking.MappedFile;

/**
 * The end of the log of what a moment keeps, in memory that is used again and again, and what is in the log. Daemon and
 * reader have it mapped.
 *
 * <p>The log is slots of a {@link Pieces piece}, filled from 0 on; 256 are a segment. The ring has places for the last
 * segments of it. Those before are in a file, and slots from {@code oldest} on are in the ring.
 *
 * <pre>
 *      0  oldest (8)
 *      8  segments in the log, at most (4)
 *     12  places in the ring (4)
 *   4096  entries: 16 bytes a slot, used for the first slot of pieces of a chunk that follow each other
 *            0  which pieces of the chunk these are, a bit each (8)
 *            8  slot of the entry that the chunk had before, plus 1; 0: it had none (4)
 *    ...  ring: slot s of the log is at s modulo the ring's slots
 * </pre>
 *
 * <p>Why not a file alone: the first touch of a new page of memory may take ten times as long as copying 4 KiB to an
 * old one. Why a tmpfs: pages of a disk's file would be written out time and again, and stores to them wait for its
 * journal. And why a file at all: whoever reads needs not ask the daemon, and loses nothing when it dies.
 *
 * <p>Threads: {@code prepare} one at a time; the rest any number. Entries and slots are written before the reader is
 * told of them by the {@link MomentMap}.
 */
final class Ring implements AutoCloseable {
    static final int SEGMENT_SLOTS = 256;
    static final int SEGMENT = SEGMENT_SLOTS * Pieces.SIZE;

    /** 64 MiB, in which 0.1 s of a writer at the speed of memory fit. */
    private static final int PLACES_MAX = 64;

    /** 16 GiB, whose entries take 64 MiB of memory. */
    private static final int SEGMENTS_MAX = 16 * 1024;

    /** Of the reader, and where there is none. */
    private static final Closeable NOT_OWNED = () -> {};

    /** What it takes of the memory there is, and of the device: one of so many parts, at most. */
    private static final int PART_OF_ROOM = 16;

    private static final int PART_OF_DEVICE = 4;

    private static final VarHandle INT = MethodHandles.byteBufferViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final int OLDEST = 0;
    private static final int SEGMENTS = 8;
    private static final int PLACES = 12;
    private static final int ENTRIES = 4096;
    private static final int ENTRY = 16;
    private static final int ENTRY_PREVIOUS = 8;
    private static final int SEGMENT_ENTRIES = SEGMENT_SLOTS * ENTRY;

    private final FileChannel channel;
    private final Closeable memory;
    private final ByteBuffer bytes;
    private final int segments;
    private final int places;
    private final int ring;
    private final ByteBuffer zeros = ByteBuffer.allocateDirect(SEGMENT);
    private int preparedPlaces;
    private int preparedEntries;

    /** @param memory closed with this */
    private Ring(FileChannel channel, Closeable memory) throws IOException {
        this.channel = channel;
        this.memory = memory;
        this.bytes = MappedFile.of(channel).bytes();
        this.segments = bytes.getInt(SEGMENTS);
        this.places = bytes.getInt(PLACES);
        this.ring = ENTRIES + segments * SEGMENT_ENTRIES;
    }

    /** Makes one that is right for a device, and for the memory there is; perhaps none is, and it has no places. */
    static Ring create(Path path, long deviceSize) throws IOException {
        long deviceSegments = (deviceSize + SEGMENT - 1) / SEGMENT;
        long places = Math.min(Math.min(room(), PLACES_MAX), deviceSegments / PART_OF_DEVICE);
        return create(path, (int) Math.min(deviceSegments, SEGMENTS_MAX), (int) places);
    }

    /** In segments. */
    private static long room() throws IOException {
        return RingMemory.room() / SEGMENT / PART_OF_ROOM;
    }

    /** @param path of a link to it, or of a file that says that there is none */
    static Ring create(Path path, int segments, int places) throws IOException {
        Files.deleteIfExists(path);
        if (places == 0) {
            return create(FileChannel.open(path, CREATE_NEW, READ, WRITE), NOT_OWNED, 0, 0);
        }
        RingMemory memory = RingMemory.make();
        try {
            Files.createSymbolicLink(path, memory.path());
            return create(FileChannel.open(memory.path(), READ, WRITE), memory::close, segments, places);
        } catch (IOException e) {
            memory.close();
            throw e;
        }
    }

    private static Ring create(FileChannel channel, Closeable memory, int segments, int places) throws IOException {
        try {
            ByteBuffer header = ByteBuffer.allocate(ENTRIES).order(ByteOrder.LITTLE_ENDIAN);
            channel.write(header.putInt(SEGMENTS, segments).putInt(PLACES, places), 0);
            if (places > 0) {
                long length = ENTRIES + (long) segments * SEGMENT_ENTRIES + (long) places * SEGMENT;
                channel.write(ByteBuffer.allocate(1), length - 1);
            }
            return new Ring(channel, memory);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /** For the reader. */
    static Ring open(Path path) throws IOException {
        FileChannel channel = FileChannel.open(path, READ, WRITE);
        try {
            return new Ring(channel, NOT_OWNED);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /** Of the log, at most; 0 if there is no room for a log. */
    int segments() {
        return segments;
    }

    /** Segments that the ring holds. */
    int places() {
        return places;
    }

    /** Slots from {@code slot} to the end of its segment. */
    static int slotsLeft(int slot) {
        return SEGMENT_SLOTS - slot % SEGMENT_SLOTS;
    }

    /**
     * Takes room and memory for a segment that has not been used since the ring was made. Storing to memory could not
     * say that there is no room.
     */
    void prepare(int segment) throws IOException {
        if (segment < places && segment >= preparedPlaces) {
            int place = place(segment);
            fill(place, SEGMENT);
            for (int page = 0; page < SEGMENT; page += Pieces.SIZE) {
                bytes.put(place + page, (byte) 0);
            }
            preparedPlaces = segment + 1;
        }
        if (segment >= preparedEntries) {
            fill(ENTRIES + segment * SEGMENT_ENTRIES, SEGMENT_ENTRIES);
            preparedEntries = segment + 1;
        }
    }

    private void fill(int from, int length) throws IOException {
        zeros.clear().limit(length);
        while (zeros.hasRemaining()) {
            channel.write(zeros, from + zeros.position());
        }
    }

    private int place(int segment) {
        return ring + segment % places * SEGMENT;
    }

    /** What is in the place of a segment. */
    ByteBuffer segment(int segment) {
        return bytes.slice(place(segment), SEGMENT);
    }

    /** Fills slots of one segment from {@code slot} on with what {@code content} has from its position on. */
    void put(int slot, ByteBuffer content, int length) {
        int to = place(slot / SEGMENT_SLOTS) + slot % SEGMENT_SLOTS * Pieces.SIZE;
        bytes.put(to, content, content.position(), length);
    }

    /**
     * Fills {@code dst} with what the log has at {@code position}, within one segment.
     *
     * @return false if it is not in the ring any more: then {@code dst} has something else, at its old position
     */
    boolean get(long position, ByteBuffer dst) {
        int from = place((int) (position / SEGMENT)) + (int) (position % SEGMENT);
        dst.put(dst.position(), bytes, from, dst.remaining());
        // What was read before is not to be believed by a number that was looked at before.
        VarHandle.fullFence();
        if (position < oldest() * Pieces.SIZE) {
            return false;
        }
        dst.position(dst.limit());
        return true;
    }

    private long oldest() {
        return (long) LONG.getVolatile(bytes, OLDEST);
    }

    /** Before the places of slots before {@code slot} are used again. */
    void setOldest(long slot) {
        LONG.setVolatile(bytes, OLDEST, slot);
    }

    /** Says which pieces are in the log from {@code slot} on. */
    void putEntry(int slot, long pieces, int previous) {
        LONG.set(bytes, ENTRIES + slot * ENTRY, pieces);
        INT.set(bytes, ENTRIES + slot * ENTRY + ENTRY_PREVIOUS, previous);
    }

    long pieces(int slot) {
        return (long) LONG.get(bytes, ENTRIES + slot * ENTRY);
    }

    int previous(int slot) {
        return (int) INT.get(bytes, ENTRIES + slot * ENTRY + ENTRY_PREVIOUS);
    }

    @Override
    public void close() throws IOException {
        try (memory) {
            channel.close();
        }
    }
}
