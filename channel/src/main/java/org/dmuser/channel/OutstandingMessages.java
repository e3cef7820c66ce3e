package org.dmuser.channel;

import static org.dmuser.channel.ChannelFileDescriptor.SLOTS;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * The messages a daemon has been given and has not answered, for those who take them out otherwise than by an answer:
 * back, if it has not begun them, or away, if their time or the channel is over.
 *
 * <p>Whoever moves a slot's number has the message, so all this may be done while answers come; and while the daemon
 * begins them, for whoever moves the slot's state in the file decides which it was.
 */
final class OutstandingMessages {
    private final ChannelFile file;
    private final SlotTable slots;
    private final String daemon;
    private final ChannelReports reports;
    private final SlotAges ages = new SlotAges(SLOTS);

    /** @param daemon who has not answered what expires, for people */
    OutstandingMessages(ChannelFile file, SlotTable slots, String daemon, ChannelReports reports) {
        this.file = file;
        this.slots = slots;
        this.daemon = daemon;
        this.reports = reports;
    }

    /** The message of that number, taken back from the daemon; null if that has begun it, or it has ended. */
    private Message reclaim(int slot, long seq) {
        return seq >= 0 && file.reclaim(slot, seq) ? slots.take(slot, seq) : null;
    }

    /** The oldest the daemon has not begun, and its slot is free; null if there is none. Under the queue's lock. */
    Message reclaimOldest() {
        int oldest = Channel.NO_ROOM;
        for (int slot = 0; slot < SLOTS; slot++) {
            long seq = slots.seq(slot);
            if (seq >= 0 && file.isQueued(slot, seq) && (oldest == Channel.NO_ROOM || seq < slots.seq(oldest))) {
                oldest = slot;
            }
        }
        Message message = oldest == Channel.NO_ROOM ? null : reclaim(oldest, slots.seq(oldest));
        if (message != null) {
            slots.release(oldest);
        }
        return message;
    }

    /** All the daemon has not begun. The slots stay in use. */
    List<Message> reclaimAll() {
        List<Message> messages = new ArrayList<>();
        for (int slot = 0; slot < SLOTS; slot++) {
            Message message = reclaim(slot, slots.seq(slot));
            if (message != null) {
                messages.add(message);
            }
        }
        return messages;
    }

    /** All there are, begun or not. The slots stay in use. */
    List<Message> takeAll() {
        List<Message> messages = new ArrayList<>();
        for (int slot = 0; slot < SLOTS; slot++) {
            Message message = slots.takeAny(slot);
            if (message != null) {
                messages.add(message);
            }
        }
        return messages;
    }

    /**
     * Ends those that are overdue, as {@link Channel#expire} says. The daemon keeps the slots of what it has begun.
     *
     * @param freed told the slots of what it had not
     */
    void expire(long nowNs, long limitNs, ExpiryListener listener, IntConsumer freed) {
        for (int slot = 0; slot < SLOTS; slot++) {
            long seq = slots.seq(slot);
            // Before that, the submitter may still be copying the message.
            boolean published = seq >= 0 && (file.isQueued(slot, seq) || file.isTaken(slot, seq));
            if (published && ages.ageNs(slot, seq, nowNs) >= limitNs) {
                expire(slot, seq, listener, freed);
            }
        }
    }

    private void expire(int slot, long seq, ExpiryListener listener, IntConsumer freed) {
        Message notBegun = reclaim(slot, seq);
        if (notBegun != null) {
            expire(notBegun, listener);
            freed.accept(slot);
            return;
        }
        Message begun = slots.expire(slot, seq);
        if (begun != null) {
            expire(begun, listener);
        }
    }

    private void expire(Message message, ExpiryListener listener) {
        try {
            message.expire(daemon, listener);
        } catch (RuntimeException | Error e) {
            reports.tellOfEnd(message, e);
        }
    }
}
