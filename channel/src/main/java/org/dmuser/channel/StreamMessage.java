package org.dmuser.channel;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The message in a slot of a stream channel, as the bytes a daemon reads of it and those its answer brings: a header,
 * and behind it the data of a WRITE one way, of a READ the other. Made once per slot.
 *
 * <p>What it needs of its {@link Message} it has taken from it at the beginning, for that may end at any moment. The
 * data is the submitter's memory, which must not be touched once the message has ended: whoever uses it says so, and
 * whoever ends the message waits for that, which is a copy at most.
 */
final class StreamMessage {
    private final int slot;
    private final ByteBuffer header;
    private final UnsafeBuffer headerBytes;
    private final AtomicInteger users = new AtomicInteger();

    private long seq;
    private boolean wantsData;
    private ByteBuffer data;
    private int dataLength;

    /** How many bytes there are to be read, and how many of them are read or about to be. Under the queue's lock. */
    private int length;

    private int position;

    /** Whether all has been read, so that it may be answered. */
    private volatile boolean readWhole;

    StreamMessage(int slot) {
        this.slot = slot;
        header = ByteBuffer.allocateDirect(MessageFlyweight.HEADER_LENGTH);
        headerBytes = new UnsafeBuffer(header);
    }

    int slot() {
        return slot;
    }

    long seq() {
        return seq;
    }

    /** Bytes of data that come with its answer, if that is a success. */
    int answerLength() {
        return wantsData ? dataLength : 0;
    }

    /** The next message in this slot. Under the queue's lock. */
    void begin(Message message) {
        seq = message.seq();
        wantsData = message.wantsData();
        data = message.data();
        dataLength = message.payloadLength();
        length = MessageFlyweight.HEADER_LENGTH + (message.carriesData() ? dataLength : 0);
        position = 0;
        readWhole = false;
        MessageFlyweight.putRequest(headerBytes, 0, message);
    }

    /** Whether the header has been read, and some of the data. Under the queue's lock. */
    boolean isInData() {
        return position > MessageFlyweight.HEADER_LENGTH;
    }

    /**
     * Gives a read what comes next, of the header or of the data but never of both. Under the queue's lock.
     *
     * @return whether that was the last of it
     */
    boolean give(StreamRead read) {
        boolean ofData = position >= MessageFlyweight.HEADER_LENGTH;
        int count = Math.min(read.size(), (ofData ? length : MessageFlyweight.HEADER_LENGTH) - position);
        if (ofData) {
            users.getAndIncrement();
        }
        read.give(this, position, count);
        position += count;
        // Before the daemon has it, who may answer at once.
        readWhole = position == length;
        return readWhole;
    }

    boolean isReadWhole() {
        return readWhole;
    }

    /** Sends what a read was given. Under no lock. */
    void send(int from, int count, StreamRead.Listener listener) {
        if (from < MessageFlyweight.HEADER_LENGTH) {
            listener.onData(header, from, count);
            return;
        }
        try {
            listener.onData(data, from - MessageFlyweight.HEADER_LENGTH, count);
        } finally {
            users.getAndDecrement();
        }
    }

    /** Puts what an answer has brought into the data at {@code at}, unless the message has ended. */
    void fill(SlotTable slots, ByteBuffer source, int index, int at, int count) {
        users.getAndIncrement();
        try {
            if (slots.seq(slot) == seq) {
                Memory.copy(source, index, data, at, count);
            }
        } finally {
            users.getAndDecrement();
        }
    }

    /** After it was taken from its slot, before it ends: waits until nobody uses its data. */
    void awaitUnused() {
        while (users.get() != 0) {
            Thread.yield();
        }
    }
}
