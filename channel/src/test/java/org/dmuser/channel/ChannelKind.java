package org.dmuser.channel;

import java.io.IOException;

/** The kinds of channel there are: what one promises, all do. */
enum ChannelKind {
    DIRECT,
    MEMORY;

    ChannelRig open() throws IOException {
        return this == DIRECT ? new DirectChannelRig() : new MemoryChannelRig();
    }

    /** Whether deliveries by several submitters have an order at all: not where each runs the handler itself. */
    boolean ordersDeliveries() {
        return this != DIRECT;
    }
}
