package org.dmuser.channel;

import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * The messages of one target: numbers them, hands them to channels in that order, and keeps those no channel has room
 * for, without end if there is no channel at all.
 *
 * <p>All methods may be called from any thread.
 *
 * <p>The lock guards the numbering, the list of undelivered messages, and which slots of which channels are free. It is
 * held for some tens of nanoseconds. Rejected: an atomic counter and no lock, because two submitters could then be
 * delivered in another order than they were numbered.
 */
public final class MessageQueue {
    /** The most bytes of data one message may carry: the size of a slot. */
    public static final int PAYLOAD_MAX = 1 << 20;

    private final ReentrantLock lock = new ReentrantLock();
    private final MessageList undelivered = new MessageList();
    private final AttachedChannels channels;
    private final Pump pump;
    private final boolean reissue;
    private final Standstill standstill = new Standstill();
    private final Absence absence = new Absence();
    private long nextSeq;
    private boolean destroyed;

    /** Makes a queue that fails what a daemon had begun when it died. */
    public MessageQueue() {
        this(false);
    }

    /** @param reissue whether what a daemon had begun when it died is given to the next one instead of failing */
    public MessageQueue(boolean reissue) {
        this.reissue = reissue;
        channels = new AttachedChannels(reissue);
        pump = new Pump(lock, undelivered, channels);
    }

    /** Numbers {@code message} and gives it to a channel with room, or keeps it until there is one. */
    public void submit(Message message) {
        Channel channel = null;
        int slot = Channel.NO_ROOM;
        boolean refused;
        lock.lock();
        try {
            message.number(nextSeq++);
            refused = refuses();
            if (!refused && undelivered.isEmpty()) {
                channel = channels.claim(message);
                slot = channels.claimedSlot();
            }
            if (!refused && channel == null) {
                undelivered.addLast(message);
            }
        } finally {
            lock.unlock();
        }
        if (refused) {
            message.end(Errno.EIO);
        } else if (channel != null) {
            channel.commit(slot);
        } else {
            pump.run();
        }
    }

    private boolean refuses() {
        return destroyed || absence.isTooLong();
    }

    /** Ends every channel with {@link ChannelEnd#DESTROYED}, and what is or will be waiting with EIO. Idempotent. */
    public void destroy() {
        List<Message> waiting;
        lock.lock();
        try {
            destroyed = true;
            waiting = undelivered.removeAll();
        } finally {
            lock.unlock();
        }
        endAll(waiting);
        for (Channel channel : channels.unended()) {
            channel.close(ChannelEnd.DESTROYED, "the target is gone");
        }
    }

    /**
     * Ends with {@link Errno#ETIMEDOUT} what channels were given and has not been answered for {@code limitNs}, as seen
     * by calls of this, and what waits if no channel has taken anything for so long. Time without a channel does not
     * count. For one thread, which may hand out what is waiting.
     *
     * @param nowNs a moment of {@link System#nanoTime}
     */
    public void expire(long nowNs, long limitNs, ExpiryListener listener) {
        for (Channel channel : channels.unended()) {
            channel.expire(nowNs, limitNs, listener);
        }
        for (Message message : standingStill(nowNs, limitNs)) {
            message.expire("of any channel, all of them full,", listener);
        }
    }

    private List<Message> standingStill(long nowNs, long limitNs) {
        lock.lock();
        try {
            if (undelivered.isEmpty() || channels.isEmpty()) {
                standstill.end();
                return List.of();
            }
            return standstill.take(undelivered, nextSeq, nowNs, limitNs);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Ends with EIO what waits if there has been no channel for {@code limitNs}, as seen by calls of this, and refuses
     * what comes until one is attached. For one thread.
     *
     * @param nowNs a moment of {@link System#nanoTime}
     * @return whether it has given up now, and had not before
     */
    public boolean giveUp(long nowNs, long limitNs) {
        List<Message> waiting;
        lock.lock();
        try {
            if (!channels.isEmpty() || !absence.becomesTooLong(nowNs, limitNs)) {
                return false;
            }
            waiting = undelivered.removeAll();
        } finally {
            lock.unlock();
        }
        endAll(waiting);
        return true;
    }

    /** Whether what a daemon had begun when it died is given to the next. */
    boolean reissues() {
        return reissue;
    }

    /** How many messages no channel has taken. */
    public int undelivered() {
        lock.lock();
        try {
            return undelivered.size();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Adds a channel, which takes its share from now on, and at once of what is waiting.
     *
     * @throws AttachException if the target has been destroyed
     */
    void attach(Channel channel) throws AttachException {
        lock.lock();
        try {
            if (destroyed) {
                throw new AttachException("the device is gone: its target has been removed");
            }
            channels.add(channel);
            absence.end();
        } finally {
            lock.unlock();
        }
        pump.run();
    }

    /** Gives {@code channel} nothing more. */
    void detach(Channel channel) {
        lock.lock();
        try {
            channels.remove(channel);
        } finally {
            lock.unlock();
        }
    }

    /** Nothing is in {@code channel}, nor will be. */
    void onClosed(Channel channel) {
        lock.lock();
        try {
            channels.onEnded(channel);
        } finally {
            lock.unlock();
        }
    }

    /** The channels to daemons in processes of their own, as they are now; the same array while that is so. */
    MemoryChannel[] memoryChannels() {
        return channels.lenders();
    }

    /** Whether messages go to daemons in processes of their own, so that it makes sense to borrow memory for them. */
    public boolean lends() {
        return channels.lenders().length > 0;
    }

    /**
     * Lends a slot, so that the data of a message may be put where the daemon will have it: of the channel with the
     * least to do if that has one to spare, else of any. Any thread, under no lock; may make a system call, for memory.
     *
     * @return null if no channel has one to spare, or messages wait for a slot
     */
    public Loan lend() {
        boolean mayGrow = lends();
        while (true) {
            lock.lock();
            try {
                // What waits for a slot comes before what is yet to come.
                boolean mayLend = undelivered.isEmpty();
                Loan loan = mayLend ? channels.lend() : null;
                if (loan != null || !mayLend || !mayGrow) {
                    return loan;
                }
            } finally {
                lock.unlock();
            }
            mayGrow = channels.grow(PAYLOAD_MAX);
        }
    }

    /** A loan has come back; what waits may use its slot. */
    void onGivenBack(MemoryChannel channel, int slot) {
        boolean waiting;
        boolean ended;
        lock.lock();
        try {
            ended = channel.pool().takeBack(slot);
            waiting = !undelivered.isEmpty();
        } finally {
            lock.unlock();
        }
        if (ended) {
            channel.pool().comeBack(slot);
        } else if (waiting) {
            pump.run();
        }
    }

    /** Hands out what is waiting, if there is room by now. */
    void retry() {
        pump.run();
    }

    /** Runs {@code step} while no slot of any channel is claimed, lent or released; it must be quick. */
    long guarded(LongSupplier step) {
        lock.lock();
        try {
            return step.getAsLong();
        } finally {
            lock.unlock();
        }
    }

    /** Puts messages that a channel was given, but its daemon will not answer, back in their places by number. */
    void putBack(List<Message> messages) {
        List<Message> refused;
        lock.lock();
        try {
            boolean refuse = refuses();
            refused = refuse ? messages : List.of();
            if (!refuse) {
                messages.forEach(undelivered::insertBySeq);
            }
        } finally {
            lock.unlock();
        }
        endAll(refused);
        pump.run();
    }

    /**
     * A message of {@code channel} has ended: its slot is free for another. If nothing waits, and the channel has
     * nothing left to do, it gets what another has not begun: in dm-user, too, nobody waits behind a request that takes
     * long while another daemon has time.
     */
    void onEnded(Channel channel, int slot) {
        boolean waiting;
        lock.lock();
        try {
            channel.release(slot);
            waiting = hasWorkFor(channel);
        } finally {
            lock.unlock();
        }
        if (waiting) {
            pump.run();
        }
    }

    /** Whether messages wait; under the lock. */
    private boolean hasWorkFor(Channel channel) {
        boolean idles = channel.load() == 0 && channel.hasReader() && channels.takes(channel);
        Message notBegun = idles && undelivered.isEmpty() ? channels.reclaimFromBusiest() : null;
        if (notBegun != null) {
            undelivered.addLast(notBegun);
        }
        return !undelivered.isEmpty();
    }

    /** Gives a read what there is for it, to be completed; false if it waits, or is completed already. */
    boolean begin(StreamChannel channel, StreamRead read) {
        boolean waiting;
        lock.lock();
        try {
            if (channel.begin(read)) {
                return true;
            }
            waiting = hasWorkFor(channel);
        } finally {
            lock.unlock();
        }
        if (waiting) {
            pump.run();
        }
        return false;
    }

    private static void endAll(List<Message> messages) {
        for (Message message : messages) {
            message.end(Errno.EIO);
        }
    }
}
