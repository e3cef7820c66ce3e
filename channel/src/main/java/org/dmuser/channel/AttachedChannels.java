package org.dmuser.channel;

import org.agrona.collections.ArrayUtil;

/**
 * The channels of one target: which there are, and which of them gets a message, or lends a slot.
 *
 * <p>Guarded by the queue's lock where nothing else is said. An array of them is never changed, only replaced, so
 * whoever has read one may go through it without the lock.
 */
final class AttachedChannels {
    private static final Channel[] NONE = {};
    private static final MemoryChannel[] NO_LENDERS = {};

    private final boolean reissue;

    private volatile Channel[] taking = NONE;
    private volatile Channel[] unended = NONE;
    private volatile MemoryChannel[] lenders = NO_LENDERS;

    /** The slot {@link #claim} found. */
    private int claimedSlot;

    /** @param reissue whether what a daemon had begun when it died is given to the next one */
    AttachedChannels(boolean reissue) {
        this.reissue = reissue;
    }

    void add(Channel channel) {
        taking = ArrayUtil.add(taking, channel);
        unended = ArrayUtil.add(unended, channel);
        if (channel instanceof MemoryChannel lender) {
            lenders = ArrayUtil.add(lenders, lender);
        }
    }

    /** It takes no more messages. Its daemon may have begun some. */
    void remove(Channel channel) {
        taking = ArrayUtil.remove(taking, channel);
        if (channel instanceof MemoryChannel lender) {
            lenders = ArrayUtil.remove(lenders, lender);
        }
    }

    /** Nothing is in it any more. */
    void onEnded(Channel channel) {
        unended = ArrayUtil.remove(unended, channel);
    }

    /** Whether none takes messages. */
    boolean isEmpty() {
        return taking.length == 0;
    }

    /** Whether {@code channel} takes messages. */
    boolean takes(Channel channel) {
        for (Channel other : taking) {
            if (other == channel) {
                return true;
            }
        }
        return false;
    }

    /** Those whose daemons may have begun messages, even if they take no more. Any thread. */
    Channel[] unended() {
        return unended;
    }

    /**
     * Those that take messages for daemons in processes of their own: they have slots to lend, and answers that anybody
     * may look for. The same array while they are the same. Any thread.
     */
    MemoryChannel[] lenders() {
        return lenders;
    }

    /** Whether any has been given a message that it has not answered. */
    boolean isBusy() {
        for (Channel channel : taking) {
            if (channel.load() > 0) {
                return true;
            }
        }
        return false;
    }

    /**
     * Of the channels with room, the one with the least to do, and now holds the message; null if none has. If there
     * are several, the one that has the message's data already: a copy costs less than to wait behind another message.
     */
    Channel claim(Message message) {
        Channel[] channels = taking;
        Channel least = leastLoaded(channels);
        Channel inPlace = least == null ? null : claimInPlace(message, least.load());
        if (inPlace != null) {
            return inPlace;
        }
        if (least == null || claims(least, message)) {
            return least;
        }
        for (Channel channel : channels) {
            if (claims(channel, message)) {
                return channel;
            }
        }
        return null;
    }

    /** Where in the channel that {@link #claim} has just returned the message is. */
    int claimedSlot() {
        return claimedSlot;
    }

    private Channel claimInPlace(Message message, int loadMax) {
        if (reissue && message.carriesData()) {
            // The daemon may change what it sees; the next one must be given what was submitted.
            return null;
        }
        for (MemoryChannel channel : lenders) {
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

    /** A slot of the lender with the least to do or, if that has none to spare, of any; null if none has. */
    Loan lend() {
        MemoryChannel[] channels = lenders;
        MemoryChannel least = leastLoaded(channels);
        Loan loan = least == null ? null : least.lend();
        for (int i = 0; loan == null && i < channels.length; i++) {
            loan = channels[i].lend();
        }
        return loan;
    }

    private static <C extends Channel> C leastLoaded(C[] channels) {
        C least = null;
        for (C channel : channels) {
            if (least == null || channel.load() < least.load()) {
                least = channel;
            }
        }
        return least;
    }

    /** Takes back the oldest message that the channel with the most to do has not begun; null if there is none. */
    Message reclaimFromBusiest() {
        Channel busiest = null;
        for (Channel channel : taking) {
            if (busiest == null || channel.load() > busiest.load()) {
                busiest = channel;
            }
        }
        // One message alone is about to be begun, as far as anybody knows; only what is behind another may have to
        // wait.
        return busiest == null || busiest.load() < 2 ? null : busiest.reclaimOldest();
    }

    /** After none had room or a slot to spare: gets memory for {@code length} bytes; whether any did. Under no lock. */
    boolean grow(int length) {
        boolean grew = false;
        for (Channel channel : taking) {
            grew |= channel.grow(length);
        }
        return grew;
    }
}
