package org.dmuser.channel;

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
        private final BegunMessages begun = new BegunMessages();
        private final DirectChannel channel;

        DirectDaemon() throws AttachException {
            channel = DirectChannel.open(queue, this, error -> {
                throw new AssertionError("the handler never throws", error);
            });
        }

        @Override
        public void onMessage(DeliveredMessage message) {
            begun.add(message);
        }

        @Override
        public BegunMessages begun() {
            return begun;
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
