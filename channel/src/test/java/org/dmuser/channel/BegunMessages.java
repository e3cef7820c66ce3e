package org.dmuser.channel;

import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.dmuser.channel.ChannelRig.Taken;

/** What a daemon has been given, in that order, for a test to take. */
final class BegunMessages {
    private final BlockingQueue<Taken> begun = new LinkedBlockingQueue<>();

    void add(DeliveredMessage message) {
        begun.add(Taken.of(message));
    }

    /** The next one; fails the test if none comes. */
    Taken next() throws InterruptedException {
        Taken next = begun.poll(ChannelRig.limitNs(), TimeUnit.NANOSECONDS);
        assertNotNull(next, "no message was delivered");
        return next;
    }

    /** The next one that comes soon; else null. */
    Taken nextSoon() {
        return Uninterrupted.call(() -> begun.poll(10, TimeUnit.MILLISECONDS));
    }

    /** The next one if there is one; else null. */
    Taken nextNow() {
        return begun.poll();
    }
}
