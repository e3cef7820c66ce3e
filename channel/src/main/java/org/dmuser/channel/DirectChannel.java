package org.dmuser.channel;

import java.nio.ByteBuffer;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.Consumer;

/**
 * A channel inside one JVM: the thread that submits a message runs the handler, on the submitter's own memory. No ring,
 * no hand-over, no copy; otherwise the same numbers and the same rules.
 *
 * <p>Every message given is begun at once, so closing fails all that are in flight. A handler that is still busy with
 * one then works on memory that is no longer its own: close only when nothing is in flight, or when the process is
 * ending. The same goes for a message that has expired, so its submitter must not use its memory again.
 *
 * <p>Where messages may expire, the handler needs threads of its own: one that hangs would keep the thread that
 * submitted, which is to hear that the time is up and go on.
 */
public final class DirectChannel implements Channel {
    /** Messages in flight at most; more wait in the queue. */
    private static final int SLOTS = 256;

    private static final ByteBuffer EMPTY = ByteBuffer.allocateDirect(0);

    private final MessageQueue queue;
    private final String name;
    private final MessageHandler handler;
    private final Executor executor;
    private final Consumer<Throwable> errors;
    private final SlotTable slots = new SlotTable(SLOTS);
    private final SlotAges ages = new SlotAges(SLOTS);

    /** An element is replaced by who takes an expired message from its slot. */
    private final DirectSlot[] places = new DirectSlot[SLOTS];

    /** The numbers of the messages whose places have been looked up, by slot. */
    private final AtomicLongArray committed = new AtomicLongArray(SLOTS);

    private volatile ChannelEnd end = ChannelEnd.OPEN;

    private DirectChannel(
            MessageQueue queue, String name, MessageHandler handler, Executor executor, Consumer<Throwable> errors) {
        this.queue = queue;
        this.name = name;
        this.handler = handler;
        this.executor = executor;
        this.errors = errors;
        for (int slot = 0; slot < SLOTS; slot++) {
            places[slot] = new DirectSlot(this, handler, slots, slot);
            committed.set(slot, -1);
        }
    }

    /**
     * Attaches {@code handler} to a target, to be run by the threads that submit.
     *
     * @param errors told what the handler threw, which it should not
     * @throws AttachException if the target has been destroyed
     */
    public static DirectChannel open(MessageQueue queue, MessageHandler handler, Consumer<Throwable> errors)
            throws AttachException {
        return open(queue, "in this process", handler, Runnable::run, errors);
    }

    /**
     * Attaches {@code handler} to a target.
     *
     * @param name what the handler is called when it does not answer
     * @param executor runs the handler, once for each message; one it refuses fails with EIO
     * @param errors told what the handler or the executor threw, which they should not
     * @throws AttachException if the target has been destroyed
     */
    public static DirectChannel open(
            MessageQueue queue, String name, MessageHandler handler, Executor executor, Consumer<Throwable> errors)
            throws AttachException {
        DirectChannel channel = new DirectChannel(queue, name, handler, executor, errors);
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
        places[slot].begin(message, length == 0 ? EMPTY : message.data().clear().limit(length));
        return slot;
    }

    @Override
    public void commit(int slot) {
        if (end != ChannelEnd.OPEN) {
            return;
        }
        DirectSlot place = places[slot];
        long seq = place.seq();
        committed.setRelease(slot, seq);
        try {
            executor.execute(place);
        } catch (Throwable e) {
            refused(slot, seq, e);
        }
    }

    /** Nobody runs the handler for the message, unless it has ended. */
    private void refused(int slot, long seq, Throwable error) {
        Message message = slots.take(slot, seq);
        if (message != null) {
            message.end(Errno.EIO);
            queue.onEnded(this, slot);
        }
        report(error);
    }

    /** Tells what should not have been thrown. */
    void report(Throwable error) {
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

    /** Handler and answer are both done with what was in the slot. */
    void free(int slot) {
        queue.onEnded(this, slot);
    }

    /** The handler keeps what it has been given, so the slot gets a new place, and is free at once. */
    @Override
    public void expire(long nowNs, long limitNs, ExpiryListener listener) {
        for (int slot = 0; slot < SLOTS; slot++) {
            long seq = slots.seq(slot);
            // Before that, its thread is still to look for the place.
            boolean placed = seq >= 0 && committed.get(slot) == seq;
            if (placed && ages.ageNs(slot, seq, nowNs) >= limitNs) {
                expire(slot, seq, listener);
            }
        }
    }

    private void expire(int slot, long seq, ExpiryListener listener) {
        places[slot].expires(seq);
        Message message = slots.take(slot, seq);
        if (message == null) {
            return;
        }
        places[slot] = new DirectSlot(this, handler, slots, slot);
        try {
            message.expire(name, listener);
        } finally {
            queue.onEnded(this, slot);
        }
    }

    /** How it ended, or {@link ChannelEnd#OPEN}. */
    public ChannelEnd end() {
        return end;
    }

    /** Takes no more messages; those it has may still be answered. */
    public void stop() {
        queue.detach(this);
    }

    /** Whether everything it was given has been answered or has expired. */
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
        queue.onClosed(this);
    }
}
