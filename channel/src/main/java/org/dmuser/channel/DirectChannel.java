package org.dmuser.channel;

import java.nio.ByteBuffer;
import java.util.function.Consumer;

/**
 * A channel inside one JVM: the thread that submits a message runs the handler, on the submitter's own memory. No ring,
 * no hand-over, no copy; otherwise the same numbers and the same rules.
 *
 * <p>Every message given is begun at once, so closing fails all that are in flight. A handler that is still busy with
 * one then works on memory that is no longer its own: close only when nothing is in flight, or when the process is
 * ending.
 */
public final class DirectChannel implements Channel {
    /** Messages in flight at most; more wait in the queue. */
    private static final int SLOTS = 256;

    private static final ByteBuffer EMPTY = ByteBuffer.allocateDirect(0);

    private final MessageQueue queue;
    private final MessageHandler handler;
    private final Consumer<Throwable> errors;
    private final SlotTable slots = new SlotTable(SLOTS);
    private final Delivery[] deliveries = new Delivery[SLOTS];

    private volatile ChannelEnd end = ChannelEnd.OPEN;

    private DirectChannel(MessageQueue queue, MessageHandler handler, Consumer<Throwable> errors) {
        this.queue = queue;
        this.handler = handler;
        this.errors = errors;
        for (int slot = 0; slot < SLOTS; slot++) {
            deliveries[slot] = new Delivery(slot);
        }
    }

    /**
     * Attaches {@code handler} to a target.
     *
     * @param errors told what the handler threw, which it should not
     * @throws AttachException if the target has been destroyed
     */
    public static DirectChannel open(MessageQueue queue, MessageHandler handler, Consumer<Throwable> errors)
            throws AttachException {
        DirectChannel channel = new DirectChannel(queue, handler, errors);
        queue.attach(channel);
        return channel;
    }

    @Override
    public int load() {
        return slots.inUse();
    }

    @Override
    public int claim(Message message) {
        if (end != ChannelEnd.OPEN || slots.freeCount() == 0) {
            return NO_ROOM;
        }
        int slot = slots.put(message, 0);
        deliveries[slot].begin(message);
        return slot;
    }

    @Override
    public void commit(int slot) {
        Delivery delivery = deliveries[slot];
        long seq = delivery.seq;
        if (end != ChannelEnd.OPEN) {
            return;
        }
        try {
            handler.onMessage(delivery);
        } catch (Throwable e) {
            answer(slot, seq, Errno.EIO);
            report(e);
        }
    }

    private void report(Throwable error) {
        try {
            errors.accept(error);
        } catch (RuntimeException e) {
            // Whoever wants to know of errors cannot be told of this one.
        }
    }

    @Override
    public boolean grow(int length) {
        return false;
    }

    /** All are begun as soon as they are given. */
    @Override
    public Message reclaimOldest() {
        return null;
    }

    @Override
    public void release(int slot) {
        slots.release(slot);
    }

    /** Ends the message of that number in the slot; false if it has ended already. */
    private boolean answer(int slot, long seq, Errno status) {
        Message message = slots.take(slot, seq);
        if (message == null) {
            return false;
        }
        message.end(status);
        queue.onEnded(this, slot);
        return true;
    }

    /** How it ended, or {@link ChannelEnd#OPEN}. */
    public ChannelEnd end() {
        return end;
    }

    /** Takes no more messages; those it has may still be answered. */
    public void stop() {
        queue.detach(this);
    }

    /** Whether everything it was given has been answered. */
    public boolean isIdle() {
        return slots.isEmpty();
    }

    @Override
    public void close(ChannelEnd why, String reason) {
        synchronized (slots) {
            if (end != ChannelEnd.OPEN) {
                return;
            }
            end = why;
        }
        queue.detach(this);
        for (int slot = 0; slot < slots.slotCount(); slot++) {
            Message message = slots.takeAny(slot);
            if (message != null) {
                message.end(Errno.EIO);
            }
        }
    }

    /**
     * The one message that may be in a slot, as the handler sees it. Written under the queue's lock when it is claimed.
     */
    private final class Delivery implements DeliveredMessage {
        private final int slot;
        private long seq;
        private long type;
        private long flags;
        private long sector;
        private long length;
        private ByteBuffer payload;

        Delivery(int slot) {
            this.slot = slot;
        }

        void begin(Message message) {
            seq = message.seq();
            type = message.type().wire();
            flags = message.flags();
            sector = message.sector();
            length = message.length();
            int payloadLength = message.payloadLength();
            payload = payloadLength == 0 ? EMPTY : message.data().clear().limit(payloadLength);
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
        public void answer(ResponseType response, Errno errno) {
            if (!DirectChannel.this.answer(slot, seq, response.status(errno)) && end == ChannelEnd.OPEN) {
                throw new IllegalStateException("message " + seq + " was answered before");
            }
        }
    }
}
