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
            deliveries[slot] = new Delivery(slot, this::answer);
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
        int length = message.payloadLength();
        deliveries[slot].begin(
                message.seq(),
                message.type().wire(),
                message.flags(),
                message.sector(),
                message.length(),
                length == 0 ? EMPTY : message.data().clear().limit(length));
        return slot;
    }

    @Override
    public void commit(int slot) {
        Delivery delivery = deliveries[slot];
        long seq = delivery.seq();
        if (end != ChannelEnd.OPEN) {
            return;
        }
        try {
            handler.onMessage(delivery);
        } catch (Throwable e) {
            end(slot, seq, Errno.EIO);
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

    private void answer(int slot, long seq, ResponseType response, Errno errno) {
        if (!end(slot, seq, response.status(errno)) && end == ChannelEnd.OPEN) {
            throw new IllegalStateException("message " + seq + " was answered before");
        }
    }

    /** Ends the message of that number in the slot; false if it has ended already. */
    private boolean end(int slot, long seq, Errno status) {
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
}
