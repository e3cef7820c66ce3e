package org.dmuser.channel;

/**
 * The target's end of a channel, as its {@link MessageQueue} sees it.
 *
 * <p>Handing out a message has two halves: {@link #claim} finds it a slot, under the queue's lock and so in order of
 * {@code seq}; {@link #commit} moves the payload and wakes the daemon, under no lock.
 */
public sealed interface Channel extends AutoCloseable permits DirectChannel, MemoryChannel, StreamChannel {
    /** How many messages it has been given and has not answered. Under the queue's lock. */
    int load();

    /** Whether its daemon would take a message now. Under the queue's lock. */
    default boolean hasReader() {
        return true;
    }

    /** Returned by {@link #claim} where there is no room now. */
    int NO_ROOM = -1;

    /** Gives {@code message} a slot and returns it, or {@link #NO_ROOM}. Under the queue's lock; must be quick. */
    int claim(Message message);

    /**
     * Makes the message claimed in {@code slot} visible to the daemon. Must not throw; afterwards the message may have
     * ended and belong to its submitter again.
     */
    void commit(int slot);

    /** After a claim failed: whether getting memory for {@code length} bytes made room. Under no lock. */
    boolean grow(int length);

    /** The slot of a message that has ended is free again. Under the queue's lock. */
    void release(int slot);

    /** Takes back the oldest message its daemon has not begun; null if there is none. Under the queue's lock. */
    Message reclaimOldest();

    /**
     * Ends with {@link Errno#ETIMEDOUT} what it was given and has not been answered for {@code limitNs}, as seen by
     * calls of this. The answer may still come, and is dropped then; until it does, what the daemon has begun uses the
     * memory it was given. For one thread, which is not the daemon's, under no lock.
     *
     * @param nowNs a moment of {@link System#nanoTime}
     */
    void expire(long nowNs, long limitNs, ExpiryListener listener);

    /**
     * Ends the channel, once. What the daemon had begun fails with EIO, unless it is to be {@link
     * MessageQueue#reissues reissued}; what it had not goes back to the queue.
     *
     * @param end why, for the daemon
     * @param reason one line for a person
     */
    void close(ChannelEnd end, String reason);

    @Override
    default void close() {
        close(ChannelEnd.CLOSED, "closed");
    }
}
