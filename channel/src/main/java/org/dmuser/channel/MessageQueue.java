package org.dmuser.channel;

import java.util.ArrayList;
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

    /** As many messages one thread hands out before it lets the next one do so. */
    private static final int PUMP_MAX = 64;

    private final ReentrantLock lock = new ReentrantLock();
    private static final MemoryChannel[] NO_MEMORY_CHANNELS = {};

    /** Those that take messages. */
    private final List<Channel> channels = new ArrayList<>();

    /** Those that have not ended: their daemons may have begun messages even if they take no more. */
    private final List<Channel> unended = new ArrayList<>();

    /** Those that somebody else may look after; changed under the lock, a new array each time. */
    private volatile MemoryChannel[] memoryChannels = NO_MEMORY_CHANNELS;

    private final boolean reissue;
    private long nextSeq;
    private final MessageList undelivered = new MessageList();
    private final Standstill standstill = new Standstill();

    /** The slot {@link #claimSomewhere} found. */
    private int claimedSlot;

    private boolean pumping;
    private boolean destroyed;

    /** Whether there was no channel when {@link #giveUp} last looked, and since when. */
    private boolean alone;

    private long aloneSinceNs;

    /** Whether it has been alone for too long, and refuses messages until there is a channel. */
    private boolean givenUp;

    /** Makes a queue that fails what a daemon had begun when it died. */
    public MessageQueue() {
        this(false);
    }

    /** @param reissue whether what a daemon had begun when it died is given to the next one instead of failing */
    public MessageQueue(boolean reissue) {
        this.reissue = reissue;
    }

    /** Numbers {@code message} and gives it to a channel with room, or keeps it until there is one. */
    public void submit(Message message) {
        Channel channel = null;
        int slot = Channel.NO_ROOM;
        boolean refused;
        lock.lock();
        try {
            message.number(nextSeq++);
            refused = destroyed || givenUp;
            if (!refused && undelivered.isEmpty()) {
                channel = claimSomewhere(message);
                slot = claimedSlot;
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
            pump();
        }
    }

    /** Ends every channel with {@link ChannelEnd#DESTROYED}, and what is or will be waiting with EIO. Idempotent. */
    public void destroy() {
        List<Channel> ending;
        List<Message> waiting;
        lock.lock();
        try {
            destroyed = true;
            ending = List.copyOf(unended);
            waiting = undelivered.removeAll();
        } finally {
            lock.unlock();
        }
        endAll(waiting);
        for (Channel channel : ending) {
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
        for (Channel channel : copyOf(unended)) {
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
        List<Message> waiting = List.of();
        lock.lock();
        try {
            if (!channels.isEmpty() || givenUp) {
                alone = false;
                return false;
            }
            if (!alone) {
                alone = true;
                aloneSinceNs = nowNs;
            }
            if (nowNs - aloneSinceNs < limitNs) {
                return false;
            }
            givenUp = true;
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
            unended.add(channel);
            alone = false;
            givenUp = false;
            listMemoryChannels();
        } finally {
            lock.unlock();
        }
        pump();
    }

    /** Gives {@code channel} nothing more. */
    void detach(Channel channel) {
        lock.lock();
        try {
            channels.remove(channel);
            listMemoryChannels();
        } finally {
            lock.unlock();
        }
    }

    /** Nothing is in {@code channel}, nor will be. */
    void onClosed(Channel channel) {
        lock.lock();
        try {
            unended.remove(channel);
        } finally {
            lock.unlock();
        }
    }

    private void listMemoryChannels() {
        memoryChannels = channels.stream()
                .filter(MemoryChannel.class::isInstance)
                .map(MemoryChannel.class::cast)
                .toArray(MemoryChannel[]::new);
    }

    /** The channels to daemons in processes of their own, as they are now; the same array while that is so. */
    MemoryChannel[] memoryChannels() {
        return memoryChannels;
    }

    /** Whether messages go to daemons in processes of their own, so that it makes sense to borrow memory for them. */
    public boolean lends() {
        return memoryChannels.length > 0;
    }

    /**
     * Lends a slot of the channel with the least to do, so that the data of a message may be put where the daemon will
     * have it. Any thread, under no lock; may make a system call, for memory.
     *
     * @return null if no channel has one to spare
     */
    public Loan lend() {
        Loan loan = lendCovered();
        return loan == null && lends() && growSomewhere(PAYLOAD_MAX) ? lendCovered() : loan;
    }

    private Loan lendCovered() {
        lock.lock();
        try {
            MemoryChannel least = null;
            for (MemoryChannel channel : memoryChannels) {
                if (least == null || channel.load() < least.load()) {
                    least = channel;
                }
            }
            // What waits for a slot comes before what is yet to come.
            return least == null || !undelivered.isEmpty() ? null : least.lend();
        } finally {
            lock.unlock();
        }
    }

    /** A loan has come back; what waits may use its slot. */
    void onGivenBack(MemoryChannel channel, int slot) {
        boolean waiting;
        boolean ended;
        lock.lock();
        try {
            ended = channel.takeBack(slot);
            waiting = !undelivered.isEmpty();
        } finally {
            lock.unlock();
        }
        if (ended) {
            channel.comeBack(slot);
        } else if (waiting) {
            pump();
        }
    }

    /** Hands out what is waiting, if there is room by now. */
    void retry() {
        pump();
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
            boolean refuse = destroyed || givenUp;
            refused = refuse ? messages : List.of();
            if (!refuse) {
                messages.forEach(undelivered::insertBySeq);
            }
        } finally {
            lock.unlock();
        }
        endAll(refused);
        pump();
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
            if (undelivered.isEmpty() && channel.load() == 0 && channels.contains(channel)) {
                Message idle = reclaimFromBusiest();
                if (idle != null) {
                    undelivered.addLast(idle);
                }
            }
            waiting = !undelivered.isEmpty();
        } finally {
            lock.unlock();
        }
        if (waiting) {
            pump();
        }
    }

    private Message reclaimFromBusiest() {
        Channel busiest = null;
        for (int i = 0; i < channels.size(); i++) {
            Channel channel = channels.get(i);
            if (busiest == null || channel.load() > busiest.load()) {
                busiest = channel;
            }
        }
        // One message alone is about to be begun, as far as anybody knows; only what is behind another may have to
        // wait.
        return busiest == null || busiest.load() < 2 ? null : busiest.reclaimOldest();
    }

    /**
     * Hands out what is waiting, as far as there is room. One thread does so at a time, so a daemon that answers from
     * inside its delivery does not recurse; whoever finds another at it leaves, because that one looks once more, under
     * the lock, before it stops. A thread that has handed out a good number stops as well, as long as there are
     * messages whose end will bring the next one here: it has other things to do.
     */
    private void pump() {
        lock.lock();
        try {
            if (pumping || undelivered.isEmpty()) {
                return;
            }
            pumping = true;
        } finally {
            lock.unlock();
        }
        try {
            int given = 0;
            while (pumpOne(given)) {
                given++;
            }
        } catch (RuntimeException | Error e) {
            lock.lock();
            try {
                pumping = false;
            } finally {
                lock.unlock();
            }
            throw e;
        }
    }

    /**
     * Hands out one message, if need be after getting memory for it; false if that was the last, and pumping is over.
     */
    private boolean pumpOne(int given) {
        boolean mayGrow = true;
        while (true) {
            Channel channel;
            int slot;
            int length = 0;
            lock.lock();
            try {
                Message message = undelivered.first();
                boolean enough = given >= PUMP_MAX && isBusy();
                channel = message == null || enough ? null : claimSomewhere(message);
                slot = claimedSlot;
                if (channel != null) {
                    undelivered.removeFirst();
                } else if (message == null || enough || !mayGrow) {
                    pumping = false;
                    return false;
                } else {
                    length = message.payloadLength();
                }
            } finally {
                lock.unlock();
            }
            if (channel != null) {
                channel.commit(slot);
                return true;
            }
            mayGrow = growSomewhere(length);
        }
    }

    private boolean isBusy() {
        for (int i = 0; i < channels.size(); i++) {
            if (channels.get(i).load() > 0) {
                return true;
            }
        }
        return false;
    }

    /**
     * Of the channels with room, the one with the least to do, and now holds the message; null if none has. If there
     * are several, the one that has the message's data already: a copy costs less than to wait behind another message.
     */
    private Channel claimSomewhere(Message message) {
        Channel least = null;
        for (int i = 0; i < channels.size(); i++) {
            Channel channel = channels.get(i);
            if (least == null || channel.load() < least.load()) {
                least = channel;
            }
        }
        Channel inPlace = least == null ? null : claimInPlace(message, least.load());
        if (inPlace != null) {
            return inPlace;
        }
        if (least == null || claims(least, message)) {
            return least;
        }
        for (int i = 0; i < channels.size(); i++) {
            if (claims(channels.get(i), message)) {
                return channels.get(i);
            }
        }
        return null;
    }

    private Channel claimInPlace(Message message, int loadMax) {
        if (reissue && message.carriesData()) {
            // The daemon may change what it sees; the next one must be given what was submitted.
            return null;
        }
        for (MemoryChannel channel : memoryChannels) {
            claimedSlot = channel.load() <= loadMax ? channel.claimInPlace(message) : Channel.NO_ROOM;
            if (claimedSlot != Channel.NO_ROOM) {
                return channel;
            }
        }
        return null;
    }

    private boolean claims(Channel channel, Message message) {
        claimedSlot = channel.claim(message);
        return claimedSlot != Channel.NO_ROOM;
    }

    private boolean growSomewhere(int length) {
        boolean grew = false;
        for (Channel channel : copyOf(channels)) {
            grew |= channel.grow(length);
        }
        return grew;
    }

    private List<Channel> copyOf(List<Channel> guarded) {
        lock.lock();
        try {
            return List.copyOf(guarded);
        } finally {
            lock.unlock();
        }
    }

    private static void endAll(List<Message> messages) {
        for (Message message : messages) {
            message.end(Errno.EIO);
        }
    }
}
