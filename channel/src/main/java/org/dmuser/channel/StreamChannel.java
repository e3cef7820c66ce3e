package org.dmuser.channel;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * A channel of bytes: what an open file of {@code /dev/dm-user/NAME} is. A daemon reads messages, each a header and the
 * data of a WRITE, and writes answers, in pieces of any size.
 *
 * <p>Here a message is not given out when it is submitted but when somebody reads; the thread that submits it completes
 * the read. A message that has been given to a read is begun, and may be answered once all of it has been read.
 *
 * <p>{@link #read}, {@link #write}, {@link #interrupt} and {@link #close()} are for one thread at a time, the one that
 * brings the daemon's calls. None of them waits for a message.
 *
 * <p>An answer to what was not read poisons the writing side of this channel, as in dm-user, instead of ending it. An
 * answer carries no error number: whatever is no success is EIO.
 */
public final class StreamChannel implements Channel {
    /** Messages that are read and not answered, at most; more wait in the queue. */
    static final int SLOTS = 256;

    private final MessageQueue queue;
    private final String daemon;
    private final ChannelReports reports;
    private final SlotTable slots = new SlotTable(SLOTS);
    private final SlotAges ages = new SlotAges(SLOTS);
    private final StreamMessage[] messages = new StreamMessage[SLOTS];

    /** What {@link #commit} is to complete, by slot. */
    private final StreamRead[] claimed = new StreamRead[SLOTS];

    private final StreamReads reads = new StreamReads();
    private final StreamReplies replies = new StreamReplies(slots, new Answers());

    /** Written under the queue's lock. */
    private volatile ChannelEnd end = ChannelEnd.OPEN;

    private StreamChannel(MessageQueue queue, String daemon, ChannelReports reports) {
        this.queue = queue;
        this.daemon = daemon;
        this.reports = reports;
    }

    /**
     * Attaches a daemon to a target.
     *
     * @param name the channel's, for people
     * @param daemon what is at its other end, for people
     * @param reports told, a line each, what a person should know
     * @throws AttachException if the target has been destroyed
     */
    public static StreamChannel open(MessageQueue queue, String name, String daemon, Consumer<String> reports)
            throws AttachException {
        StreamChannel channel = new StreamChannel(queue, daemon, new ChannelReports(name, reports));
        queue.attach(channel);
        return channel;
    }

    /** Begins a read, which is completed now or when there is a message. */
    public void read(StreamRead read) {
        if (queue.begin(this, read)) {
            read.complete();
        }
    }

    /** Ends the read of that {@linkplain StreamRead#prepare name} with EINTR if it waits; whether it does. */
    public boolean interrupt(long id) {
        List<StreamRead> interrupted = new ArrayList<>();
        queue.guarded(() -> {
            StreamRead read = reads.remove(id);
            return read != null && interrupted.add(read) ? 1 : 0;
        });
        for (StreamRead read : interrupted) {
            read.refuse(Errno.EINTR);
            read.complete();
        }
        return !interrupted.isEmpty();
    }

    /**
     * Takes what a daemon writes, to the end of one answer at most.
     *
     * @param goesOn whether it is the rest of a write whose beginning was taken, all of it
     * @return how many bytes were taken, or a negated errno
     */
    public int write(ByteBuffer source, int index, int length, boolean goesOn) {
        return replies.take(source, index, length, goesOn);
    }

    /** Gives a read what there is for it, to be completed; false if it has to wait. Under the queue's lock. */
    boolean begin(StreamRead read) {
        return reads.begin(read);
    }

    @Override
    public int load() {
        return slots.inUse();
    }

    @Override
    public boolean hasReader() {
        return reads.hasReader();
    }

    @Override
    public int claim(Message message) {
        if (!reads.hasReader() || slots.freeCount() == 0) {
            return NO_ROOM;
        }
        int slot = slots.freeSlot(0);
        if (messages[slot] == null) {
            messages[slot] = new StreamMessage(slot);
        }
        messages[slot].begin(message);
        // From now on an answer finds it, be it one that comes too early.
        slots.put(message, 0);
        claimed[slot] = reads.start(messages[slot]);
        return slot;
    }

    @Override
    public void commit(int slot) {
        StreamRead read = claimed[slot];
        while (read != null) {
            // It may be answered, and used again, before this returns; so may the slot.
            StreamRead next = read.next();
            read.complete();
            read = next;
        }
    }

    @Override
    public boolean grow(int length) {
        return false;
    }

    @Override
    public void release(int slot) {
        slots.release(slot);
    }

    /** All are begun as soon as they are given. */
    @Override
    public Message reclaimOldest() {
        return null;
    }

    @Override
    public void expire(long nowNs, long limitNs, ExpiryListener listener) {
        for (int slot = 0; slot < SLOTS; slot++) {
            long seq = slots.seq(slot);
            boolean overdue = seq >= 0 && ages.ageNs(slot, seq, nowNs) >= limitNs;
            Message message = overdue ? slots.expire(slot, seq) : null;
            if (message != null) {
                expire(message, listener);
            }
        }
    }

    private void expire(Message message, ExpiryListener listener) {
        try {
            message.expire(daemon, listener);
        } catch (RuntimeException | Error e) {
            reports.tellOfEnd(message, e);
        }
    }

    /** How it ended, or {@link ChannelEnd#OPEN}. */
    public ChannelEnd end() {
        return end;
    }

    @Override
    public void close(ChannelEnd why, String reason) {
        List<StreamRead> refused = new ArrayList<>();
        boolean first = queue.guarded(() -> {
                    if (end != ChannelEnd.OPEN) {
                        return 0;
                    }
                    end = why;
                    refused.addAll(reads.end());
                    return 1;
                })
                != 0;
        if (!first) {
            return;
        }
        queue.detach(this);
        refused.forEach(StreamRead::complete);
        disposeOfRest(why == ChannelEnd.CLOSED && queue.reissues());
        queue.onClosed(this);
    }

    private void disposeOfRest(boolean reissued) {
        List<Message> begun = new ArrayList<>();
        for (int slot = 0; slot < SLOTS; slot++) {
            Message message = take(slot);
            if (message != null) {
                messages[slot].awaitUnused();
                begun.add(message);
            }
        }
        if (reissued) {
            queue.putBack(begun);
        } else {
            begun.forEach(message -> end(message, Errno.EIO));
        }
        reports.tellOfRest(begun.size(), 0, reissued);
    }

    /** Answers to what fails because the target is gone may still come, and mean no harm. */
    private Message take(int slot) {
        return end == ChannelEnd.DESTROYED ? slots.expire(slot, slots.seq(slot)) : slots.takeAny(slot);
    }

    private void end(Message message, Errno status) {
        try {
            message.end(status);
        } catch (RuntimeException | Error e) {
            reports.tellOfEnd(message, e);
        }
    }

    private final class Answers implements StreamReplies.Outstanding {
        @Override
        public StreamMessage find(long seq) {
            int slot = slots.find(seq);
            return slot != NO_ROOM && messages[slot].isReadWhole() ? messages[slot] : null;
        }

        @Override
        public void answered(StreamMessage answered, Errno status) {
            Message message = slots.take(answered.slot(), answered.seq());
            if (message == null && !slots.takeExpired(answered.slot(), answered.seq())) {
                return;
            }
            if (message != null) {
                answered.awaitUnused();
                end(message, status);
            }
            queue.onEnded(StreamChannel.this, answered.slot());
        }

        @Override
        public void poisoned(long seq) {
            reports.tell(daemon + " has answered message " + seq
                    + ", which it has not read, or not to its end, or has answered before: what it writes from now on"
                    + " fails with EINVAL");
        }
    }
}
