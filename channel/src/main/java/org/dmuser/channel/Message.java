package org.dmuser.channel;

import java.nio.ByteBuffer;

/**
 * A request as its target sees it, from {@link MessageQueue#submit} to the one call of its listener. Made once and used
 * again: nothing is allocated per request.
 */
public final class Message {
    /** Told how a message ended. */
    @FunctionalInterface
    public interface Listener {
        /**
         * Called once per submit, from any thread, under no lock. The message is the submitter's again.
         *
         * @param status {@link Errno#OK}, and then the data of a READ is in place
         */
        void onAnswer(Message message, Errno status);
    }

    private final Listener listener;
    private long seq;
    private RequestType type;
    private long flags;
    private long sector;
    private long length;
    private ByteBuffer data;
    private boolean acceptsLent;
    private ByteBuffer lent;
    private int lentIndex;

    /** The message behind it among the undelivered; guarded by the queue's lock. */
    private Message next;

    public Message(Listener listener) {
        this.listener = listener;
    }

    /**
     * Says what is asked for. Only while it is not submitted.
     *
     * @param sector in sectors of 512 bytes, from the start of the mapped device
     * @param length bytes; for READ and WRITE at most {@link MessageQueue#PAYLOAD_MAX}
     * @param data for a READ the memory to fill, for a WRITE the data, from index 0; null otherwise
     * @throws IllegalArgumentException if it is more than a message carries, or more than {@code data} holds
     */
    public Message prepare(RequestType type, long flags, long sector, long length, ByteBuffer data) {
        boolean hasData = length > 0 && (type == RequestType.READ || type == RequestType.WRITE);
        if (hasData && (length > MessageQueue.PAYLOAD_MAX || data == null || data.capacity() < length)) {
            throw new IllegalArgumentException(type + " of " + length + " bytes, with "
                    + (data == null ? "no memory" : data.capacity() + " bytes of memory") + "; a message carries "
                    + MessageQueue.PAYLOAD_MAX + " at most");
        }
        this.type = type;
        this.flags = flags;
        this.sector = sector;
        this.length = length;
        this.data = data;
        acceptsLent = false;
        lent = null;
        return this;
    }

    /** Lets the data of a READ stay where its handler has it: see {@link #lent}. Until it is prepared anew. */
    public Message acceptLent() {
        acceptsLent = true;
        return this;
    }

    /**
     * Where the data of a READ is that has ended, if not in {@link #data}: only while the listener is called, and only
     * after {@link #acceptLent}. Null otherwise.
     */
    public ByteBuffer lent() {
        return lent;
    }

    /** Where in {@link #lent} the data begins. */
    public int lentIndex() {
        return lentIndex;
    }

    /** Takes what a READ wants from {@code memory}, where it is until the message has ended. */
    void fill(ByteBuffer memory, int index) {
        if (acceptsLent && memory.isDirect()) {
            lent = memory;
            lentIndex = index;
        } else {
            Memory.copy(memory, index, data, 0, (int) length);
        }
    }

    public long seq() {
        return seq;
    }

    public RequestType type() {
        return type;
    }

    public long flags() {
        return flags;
    }

    public long sector() {
        return sector;
    }

    public long length() {
        return length;
    }

    public ByteBuffer data() {
        return data;
    }

    /** Whether data goes from the submitter to the daemon. */
    boolean carriesData() {
        return type == RequestType.WRITE && length > 0;
    }

    /** Whether data comes back from the daemon. */
    boolean wantsData() {
        return type == RequestType.READ && length > 0;
    }

    /** Bytes of a slot it needs. */
    int payloadLength() {
        return carriesData() || wantsData() ? (int) length : 0;
    }

    void end(Errno status) {
        listener.onAnswer(this, status);
    }

    /** Ends it because its time is up. The caller has taken it from the channel it was given to. */
    void expire(String handler, ExpiryListener listener) {
        try {
            listener.onExpired(handler, this);
        } finally {
            end(Errno.ETIMEDOUT);
        }
    }

    void number(long seq) {
        this.seq = seq;
    }

    Message next() {
        return next;
    }

    void next(Message next) {
        this.next = next;
    }

    @Override
    public String toString() {
        return "message " + seq + " (" + type + " sector " + sector + " length " + length + ")";
    }
}
