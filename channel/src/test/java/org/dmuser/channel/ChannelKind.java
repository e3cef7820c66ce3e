package org.dmuser.channel;

import java.io.IOException;

/** The kinds of channel there are: what one promises, all do. */
enum ChannelKind {
    DIRECT,
    MEMORY,
    STREAM;

    ChannelRig open() throws IOException {
        return switch (this) {
            case DIRECT -> new DirectChannelRig();
            case MEMORY -> new MemoryChannelRig();
            case STREAM -> new StreamChannelRig();
        };
    }

    /** Whether an answer may say what went wrong: a header of dm-user's has no room for it. */
    boolean carriesErrorNumbers() {
        return this != STREAM;
    }

    /** Whether deliveries by several submitters have an order at all: not where each runs the handler itself. */
    boolean ordersDeliveries() {
        return this != DIRECT;
    }
}
