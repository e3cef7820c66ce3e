package org.dmuser.channel;

final class DirectChannelTest extends ChannelContract {
    @Override
    ChannelRig open() {
        return new DirectChannelRig();
    }

    @Override
    boolean ordersDeliveries() {
        return false;
    }
}
