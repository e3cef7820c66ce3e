package org.dmuser.channel;

import static org.dmuser.channel.ChannelFileDescriptor.ARENA_LENGTH;
import static org.dmuser.channel.ChannelFileDescriptor.ARENA_OFFSET;
import static org.dmuser.channel.ChannelFileDescriptor.DAEMON_SLEEPS_OFFSET;
import static org.dmuser.channel.ChannelFileDescriptor.DAEMON_STOPS_OFFSET;
import static org.dmuser.channel.ChannelFileDescriptor.END_OFFSET;
import static org.dmuser.channel.ChannelFileDescriptor.EPOCH_OFFSET;
import static org.dmuser.channel.ChannelFileDescriptor.ERROR_LOG_LENGTH;
import static org.dmuser.channel.ChannelFileDescriptor.ERROR_LOG_OFFSET;
import static org.dmuser.channel.ChannelFileDescriptor.FILE_LENGTH;
import static org.dmuser.channel.ChannelFileDescriptor.MAGIC;
import static org.dmuser.channel.ChannelFileDescriptor.MAGIC_OFFSET;
import static org.dmuser.channel.ChannelFileDescriptor.PID_OFFSET;
import static org.dmuser.channel.ChannelFileDescriptor.READ_ONLY_OFFSET;
import static org.dmuser.channel.ChannelFileDescriptor.REASON_LENGTH_MAX;
import static org.dmuser.channel.ChannelFileDescriptor.REASON_LENGTH_OFFSET;
import static org.dmuser.channel.ChannelFileDescriptor.REASON_OFFSET;
import static org.dmuser.channel.ChannelFileDescriptor.REQUEST_RING_OFFSET;
import static org.dmuser.channel.ChannelFileDescriptor.RESPONSE_RING_OFFSET;
import static org.dmuser.channel.ChannelFileDescriptor.RING_LENGTH;
import static org.dmuser.channel.ChannelFileDescriptor.RING_LENGTH_OFFSET;
import static org.dmuser.channel.ChannelFileDescriptor.SECTORS_OFFSET;
import static org.dmuser.channel.ChannelFileDescriptor.SERVICE_SLEEPS_OFFSET;
import static org.dmuser.channel.ChannelFileDescriptor.SLOTS;
import static org.dmuser.channel.ChannelFileDescriptor.SLOTS_OFFSET;
import static org.dmuser.channel.ChannelFileDescriptor.SLOT_LENGTH;
import static org.dmuser.channel.ChannelFileDescriptor.SLOT_LENGTH_OFFSET;
import static org.dmuser.channel.ChannelFileDescriptor.STATE_QUEUED;
import static org.dmuser.channel.ChannelFileDescriptor.STATE_RECLAIMED;
import static org.dmuser.channel.ChannelFileDescriptor.STATE_TAKEN;
import static org.dmuser.channel.ChannelFileDescriptor.VERSION;
import static org.dmuser.channel.ChannelFileDescriptor.VERSION_OFFSET;
import static org.dmuser.channel.ChannelFileDescriptor.ringLengthWithTrailer;
import static org.dmuser.channel.ChannelFileDescriptor.slotOffset;
import static org.dmuser.channel.ChannelFileDescriptor.slotState;
import static org.dmuser.channel.ChannelFileDescriptor.slotStateOffset;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.ManyToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.RingBuffer;

/**
 * A memory channel's file, mapped: views of its parts, and what both sides may do to them.
 *
 * <p>The mapping lives as long as anything refers to it and is left to the garbage collector, so that no late thread
 * of this process touches an address that is not its own any more; a service that is done with a file gives its memory
 * back at once by {@link ChannelSpace#retire}.
 */
final class ChannelFile {
    private final ByteBuffer mapping;
    private final UnsafeBuffer bytes;

    private ChannelFile(ByteBuffer mapping) {
        this.mapping = mapping;
        this.bytes = new UnsafeBuffer(mapping);
    }

    /** Makes a new file, all zeros and without memory, which only its owner may open. */
    static void createEmpty(Path path) throws IOException {
        Files.createFile(path, OwnerOnly.file());
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            file.setLength(FILE_LENGTH);
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(path);
            throw e;
        }
    }

    /** Maps a file whose header has memory behind it. */
    static ChannelFile map(Path path) throws IOException {
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            if (file.size() != FILE_LENGTH) {
                throw new IOException(path + " is no channel of version " + VERSION + ": " + file.size()
                        + " bytes, not " + FILE_LENGTH);
            }
            return new ChannelFile(file.map(FileChannel.MapMode.READ_WRITE, 0, FILE_LENGTH));
        } catch (NoSuchFileException e) {
            throw new IOException(path + " is gone: the service has closed the channel", e);
        }
    }

    /** Says what the channel is, and with the last word that the file is ready. */
    void describe(long epoch, long sectors, boolean readOnly) {
        bytes.putInt(VERSION_OFFSET, VERSION);
        bytes.putInt(SLOTS_OFFSET, SLOTS);
        bytes.putInt(SLOT_LENGTH_OFFSET, SLOT_LENGTH);
        bytes.putInt(RING_LENGTH_OFFSET, RING_LENGTH);
        bytes.putLong(EPOCH_OFFSET, epoch);
        bytes.putLong(PID_OFFSET, ProcessHandle.current().pid());
        bytes.putLong(SECTORS_OFFSET, sectors);
        bytes.putInt(READ_ONLY_OFFSET, readOnly ? 1 : 0);
        bytes.putLongVolatile(MAGIC_OFFSET, MAGIC);
    }

    /** Checks that the other side laid the file out as this one would. */
    void verify(Path path) throws IOException {
        if (bytes.getLongVolatile(MAGIC_OFFSET) != MAGIC) {
            throw new IOException(path + " is no channel of dmuser's");
        }
        int version = bytes.getInt(VERSION_OFFSET);
        boolean same = version == VERSION
                && bytes.getInt(SLOTS_OFFSET) == SLOTS
                && bytes.getInt(SLOT_LENGTH_OFFSET) == SLOT_LENGTH
                && bytes.getInt(RING_LENGTH_OFFSET) == RING_LENGTH;
        if (!same) {
            throw new IOException(path + " is a channel of version " + version + ", this program speaks " + VERSION
                    + ": use the same dmuser on both sides");
        }
    }

    /** Tells it from earlier and later channels of that name. */
    long epoch() {
        return bytes.getLong(EPOCH_OFFSET);
    }

    long sectors() {
        return bytes.getLong(SECTORS_OFFSET);
    }

    boolean readOnly() {
        return bytes.getInt(READ_ONLY_OFFSET) != 0;
    }

    /**
     * Whether the next record of a ring is there to be read. More than that something has been claimed, which a
     * producer that stands still between its two steps may leave so for a long time.
     */
    static boolean hasRecord(RingBuffer ring) {
        int index = (int) ring.consumerPosition() & ring.capacity() - 1;
        return ring.buffer().getIntVolatile(index) > 0;
    }

    RingBuffer requests() {
        return new ManyToOneRingBuffer(new UnsafeBuffer(bytes, REQUEST_RING_OFFSET, ringLengthWithTrailer()));
    }

    RingBuffer responses() {
        return new ManyToOneRingBuffer(new UnsafeBuffer(bytes, RESPONSE_RING_OFFSET, ringLengthWithTrailer()));
    }

    UnsafeBuffer errorLog() {
        return new UnsafeBuffer(bytes, ERROR_LOG_OFFSET, ERROR_LOG_LENGTH);
    }

    SleepWord daemonSleeps(Seats seats) {
        return new SleepWord(bytes, DAEMON_SLEEPS_OFFSET, seats);
    }

    SleepWord serviceSleeps(Seats seats) {
        return new SleepWord(bytes, SERVICE_SLEEPS_OFFSET, seats);
    }

    /** A view of a slot's memory, from index 0, with all of it in its limits. */
    ByteBuffer slot(int slot) {
        return mapping.slice(slotOffset(slot), SLOT_LENGTH);
    }

    /** The slot whose memory begins where {@code data} does; {@link Channel#NO_ROOM} if that is none of them. */
    int slotAt(ByteBuffer data) {
        if (!data.isDirect()) {
            return Channel.NO_ROOM;
        }
        long offset = BufferUtil.address(data) - bytes.addressOffset() - ARENA_OFFSET;
        boolean isSlot = offset >= 0 && offset < ARENA_LENGTH && offset % SLOT_LENGTH == 0;
        return isSlot ? (int) (offset / SLOT_LENGTH) : Channel.NO_ROOM;
    }

    void putPayload(int slot, ByteBuffer source, int length) {
        Memory.copy(source, 0, mapping, slotOffset(slot), length);
    }

    void takePayload(int slot, ByteBuffer destination, int length) {
        Memory.copy(mapping, slotOffset(slot), destination, 0, length);
    }

    /** The service gives the slot's message to whichever daemon takes it. */
    void queue(int slot, long seq) {
        bytes.putLongVolatile(slotStateOffset(slot), slotState(seq, STATE_QUEUED));
    }

    /** The daemon begins the slot's message; false if it is not there any more. */
    boolean take(int slot, long seq) {
        return move(slot, seq, STATE_TAKEN);
    }

    /** The service takes the slot's message back; false if the daemon has begun it. */
    boolean reclaim(int slot, long seq) {
        return move(slot, seq, STATE_RECLAIMED);
    }

    private boolean move(int slot, long seq, int state) {
        return bytes.compareAndSetLong(slotStateOffset(slot), slotState(seq, STATE_QUEUED), slotState(seq, state));
    }

    /** Whether the slot's message waits for the daemon to begin it. */
    boolean isQueued(int slot, long seq) {
        return bytes.getLongVolatile(slotStateOffset(slot)) == slotState(seq, STATE_QUEUED);
    }

    /** Whether the daemon has begun the slot's message. */
    boolean isTaken(int slot, long seq) {
        return bytes.getLongVolatile(slotStateOffset(slot)) == slotState(seq, STATE_TAKEN);
    }

    /** The daemon wants no more messages. */
    void stopTaking() {
        bytes.putIntVolatile(DAEMON_STOPS_OFFSET, 1);
    }

    boolean daemonStops() {
        return bytes.getIntVolatile(DAEMON_STOPS_OFFSET) != 0;
    }

    /** How the channel stands: the service's word. */
    ChannelEnd end() {
        return ChannelEnd.of(bytes.getIntVolatile(END_OFFSET));
    }

    String endReason() {
        int length = Math.max(0, Math.min(bytes.getInt(REASON_LENGTH_OFFSET), REASON_LENGTH_MAX));
        return bytes.getStringWithoutLengthUtf8(REASON_OFFSET, length);
    }

    /** Ends the channel for the daemon. */
    void end(ChannelEnd end, String reason) {
        byte[] text = reason.getBytes(StandardCharsets.UTF_8);
        byte[] fitting = Arrays.copyOf(text, Math.min(text.length, REASON_LENGTH_MAX));
        bytes.putBytes(REASON_OFFSET, fitting);
        bytes.putInt(REASON_LENGTH_OFFSET, fitting.length);
        bytes.putIntVolatile(END_OFFSET, end.value());
    }

    void count(ChannelCounter counter, long amount) {
        counter.add(bytes, amount);
    }

    long counted(ChannelCounter counter) {
        return counter.value(bytes);
    }
}
