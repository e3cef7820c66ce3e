package org.dmuser.channel;

import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Daemons in this JVM, called by the submitting thread. */
final class DirectChannelRig implements ChannelRig {
    private final MessageQueue queue = new MessageQueue();

    @Override
    public MessageQueue queue() {
        return queue;
    }

    @Override
    public Daemon attach() throws AttachException {
        return new DirectDaemon();
    }

    @Override
    public void attachRefused() throws AttachException {
        attach().close();
    }

    @Override
    public int beginMax() {
        return 256;
    }

    @Override
    public void close() {
        queue.destroy();
    }

    private final class DirectDaemon implements Daemon, MessageHandler {
        private final BlockingQueue<Taken> begun = new LinkedBlockingQueue<>();
        private final DirectChannel channel;

        DirectDaemon() throws AttachException {
            channel = DirectChannel.open(queue, this, error -> {
                throw new AssertionError("the handler never throws", error);
            });
        }

        @Override
        public void onMessage(DeliveredMessage message) {
            begun.add(Taken.of(message));
        }

        @Override
        public Taken next() throws InterruptedException {
            Taken next = begun.poll(ChannelRig.limitNs(), TimeUnit.NANOSECONDS);
            assertNotNull(next, "no message was delivered");
            return next;
        }

        @Override
        public Taken nextNow() {
            return begun.poll();
        }

        @Override
        public void stopTaking() {
            channel.stop();
        }

        @Override
        public boolean isIdle() {
            return channel.isIdle();
        }

        @Override
        public void close() {
            channel.close();
        }

        @Override
        public ChannelEnd awaitEnd() {
            return channel.end();
        }
    }
}
