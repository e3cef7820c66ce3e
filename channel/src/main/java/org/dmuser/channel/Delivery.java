package org.dmuser.channel;

import java.nio.ByteBuffer;

/** The one message that may be in a slot, as the daemon sees it; made once per slot and filled for each message. */
final class Delivery implements DeliveredMessage {
    /** Takes the answer on its way. */
    interface Answers {
        /** Ends the message of that number in that slot. */
        void answer(int slot, long seq, ResponseType response, Errno errno);

        /** Ends the READ of that number in that slot with the bytes at {@code index} of {@code memory}. */
        void answerFrom(int slot, long seq, ByteBuffer memory, int index);
    }

    private final int slot;
    private final Answers answers;
    private long seq;
    private long type;
    private long flags;
    private long sector;
    private long length;
    private ByteBuffer payload;

    Delivery(int slot, Answers answers) {
        this.slot = slot;
        this.answers = answers;
    }

    int slot() {
        return slot;
    }

    Delivery begin(long seq, long type, long flags, long sector, long length, ByteBuffer payload) {
        this.seq = seq;
        this.type = type;
        this.flags = flags;
        this.sector = sector;
        this.length = length;
        this.payload = payload;
        return this;
    }

    @Override
    public long seq() {
        return seq;
    }

    @Override
    public long type() {
        return type;
    }

    @Override
    public long flags() {
        return flags;
    }

    @Override
    public long sector() {
        return sector;
    }

    @Override
    public long length() {
        return length;
    }

    @Override
    public ByteBuffer payload() {
        return payload;
    }

    @Override
    public void answerFrom(ByteBuffer memory, int index) {
        answers.answerFrom(slot, seq, memory, index);
    }

    @Override
    public void answer(ResponseType response, Errno errno) {
        answers.answer(slot, seq, response, errno);
    }
}
