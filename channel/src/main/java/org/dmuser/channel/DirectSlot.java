package org.dmuser.channel;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A slot of a direct channel as the handler knows it: one message after the other, until one expires.
 *
 * <p>Two have to be done with a message before the next one may come: who has answered it, and the handler that was
 * given it. A handler that answers first may hold a lock, which the next message must not be served under, and is
 * still to come back through here. The second of the two frees the slot.
 */
final class DirectSlot implements Runnable, Delivery.Answers {
    private final DirectChannel channel;
    private final MessageHandler handler;
    private final SlotTable slots;
    private final Delivery delivery;

    /** The message that has expired, unless its answer came at the same moment. */
    private volatile long expiringSeq = -1;

    /** The thread that is in the handler; it alone can find itself here. */
    private Thread server;

    /** Whether the handler has answered on the thread it was given the message on; of that thread only. */
    private boolean answeredInside;

    /** Whether the first of two is done with the message, where they are two threads. */
    private final AtomicBoolean halfDone = new AtomicBoolean();

    DirectSlot(DirectChannel channel, MessageHandler handler, SlotTable slots, int slot) {
        this.channel = channel;
        this.handler = handler;
        this.slots = slots;
        this.delivery = new Delivery(slot, this);
    }

    /** The next message for the handler, with its data in {@code payload}. Under the queue's lock. */
    void begin(Message message, ByteBuffer payload) {
        delivery.begin(
                message.seq(), message.type().wire(), message.flags(), message.sector(), message.length(), payload);
    }

    long seq() {
        return delivery.seq();
    }

    /** The message of that number is about to end without an answer, so one may still come. */
    void expires(long seq) {
        expiringSeq = seq;
    }

    @Override
    public void run() {
        long seq = delivery.seq();
        halfDone.setPlain(false);
        server = Thread.currentThread();
        try {
            handler.onMessage(delivery);
        } catch (Throwable e) {
            end(seq, Errno.EIO);
            channel.report(e);
        } finally {
            returned();
        }
    }

    private void returned() {
        server = null;
        if (answeredInside) {
            answeredInside = false;
            free();
        } else {
            halfDone();
        }
    }

    @Override
    public void answer(int slot, long seq, ResponseType response, Errno errno) {
        if (!end(seq, response.status(errno))) {
            requireLate(seq);
        }
    }

    @Override
    public void answerFrom(int slot, long seq, ByteBuffer memory, int index) {
        Message message = slots.take(slot, seq);
        if (message == null) {
            requireLate(seq);
            return;
        }
        message.fill(memory, index);
        end(message, Errno.OK);
    }

    /** Ends the message of that number; false if it has ended already. */
    private boolean end(long seq, Errno status) {
        Message message = slots.take(delivery.slot(), seq);
        if (message == null) {
            return false;
        }
        end(message, status);
        return true;
    }

    private void end(Message message, Errno status) {
        try {
            message.end(status);
        } finally {
            if (server == Thread.currentThread()) {
                answeredInside = true;
            } else {
                halfDone();
            }
        }
    }

    private void halfDone() {
        if (halfDone.getAndSet(true)) {
            free();
        }
    }

    private void free() {
        channel.free(delivery.slot());
    }

    /** An answer that nobody waits for has to have a reason. */
    private void requireLate(long seq) {
        if (seq != expiringSeq && channel.end() == ChannelEnd.OPEN) {
            throw new IllegalStateException("message " + seq + " was answered before");
        }
    }
}
