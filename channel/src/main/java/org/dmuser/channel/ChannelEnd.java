package org.dmuser.channel;

/** How a channel stands, as a value in its file. */
public enum ChannelEnd {
    /** It has not ended. */
    OPEN,

    /** Its target is gone: the normal end of a daemon, {@code ENOTBLK} in dm-user. */
    DESTROYED,

    /** The daemon broke the protocol, for instance answered what it was never given. */
    REJECTED,

    /** The service that owned it has died or let go of it without a word. */
    SERVICE_LOST,

    /** One side closed it. */
    CLOSED;

    private static final ChannelEnd[] BY_VALUE = values();

    int value() {
        return ordinal();
    }

    /** The end a value read from a file stands for; {@link #REJECTED} for one that stands for none. */
    static ChannelEnd of(int value) {
        return value >= 0 && value < BY_VALUE.length ? BY_VALUE[value] : REJECTED;
    }
}
