package org.dmuser.channel;

import java.util.function.Consumer;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.MessageHandler;
import org.agrona.concurrent.ringbuffer.RingBuffer;

/**
 * Reads a daemon's answers and believes none of them: each field is read once, because the daemon could change it
 * meanwhile, and the answer has to be for a message that is in that slot and was taken. By one thread at a time.
 */
final class ResponseAdapter {
    /** Told of an answer that is right. */
    interface Listener {
        /** The message is out of its slot, and what a READ wanted is in its memory. */
        void onAnswer(int slot, Message message, Errno status);

        /** The message had expired; nothing is left of it but its slot, which is free now. */
        void onLateAnswer(int slot);
    }

    private final ChannelFile file;
    private final SlotTable slots;
    private final Listener listener;
    private final Consumer<String> violations;
    private final RingBuffer ring;
    private final MessageHandler reader = this::onRecord;

    /**
     * Makes an adapter.
     *
     * @param violations told what the daemon did that it must not: the rest of a sentence that begins with the daemon
     */
    ResponseAdapter(ChannelFile file, SlotTable slots, Listener listener, Consumer<String> violations) {
        this.file = file;
        this.slots = slots;
        this.listener = listener;
        this.violations = violations;
        this.ring = file.responses();
    }

    boolean hasAnswer() {
        return ChannelFile.hasRecord(ring);
    }

    /** Reads the answers there are, at most to the end of the ring; how many records that were. */
    int drain() {
        try {
            return ring.read(reader, slots.slotCount());
        } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
            violations.accept("has damaged the response ring: " + e.getMessage());
            return 0;
        }
    }

    private void onRecord(int type, DirectBuffer record, int index, int length) {
        if (type != DescriptorFlyweight.RECORD_TYPE || length != DescriptorFlyweight.LENGTH) {
            violations.accept("sent a record of type " + type + " and length " + length);
            return;
        }
        long seq = MessageFlyweight.seq(record, index);
        long response = MessageFlyweight.type(record, index);
        int slot = DescriptorFlyweight.slot(record, index);
        int errno = DescriptorFlyweight.errno(record, index);
        Message message = take(slot, seq);
        if (message == null && slots.takeExpired(slot, seq)) {
            listener.onLateAnswer(slot);
            return;
        }
        if (message == null) {
            violations.accept("answered message " + seq + " in slot " + slot + ", which it does not have");
            return;
        }
        Errno status = status(response, errno);
        if (status == Errno.OK && message.wantsData()) {
            int payloadLength = message.payloadLength();
            if (!slots.isInPlace(slot)) {
                file.takePayload(slot, message.data(), payloadLength);
            }
            file.count(ChannelCounter.BYTES_READ, payloadLength);
        }
        file.count(ChannelCounter.RESPONSES, 1);
        listener.onAnswer(slot, message, status);
    }

    private Message take(int slot, long seq) {
        boolean exists = slot >= 0 && slot < slots.slotCount();
        return exists && file.isTaken(slot, seq) ? slots.take(slot, seq) : null;
    }

    /** What dm-user makes of an answer: whatever is not SUCCESS is an error; we add which. */
    private static Errno status(long response, int errno) {
        if (response == ResponseType.SUCCESS.wire()) {
            return Errno.OK;
        }
        boolean known = response == ResponseType.ERROR.wire() || response == ResponseType.UNSUPPORTED.wire();
        return known && errno != 0 ? Errno.of(errno) : Errno.EIO;
    }
}
