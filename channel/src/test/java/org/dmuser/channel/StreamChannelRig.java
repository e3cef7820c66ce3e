package org.dmuser.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.agrona.concurrent.UnsafeBuffer;

/** Daemons in this JVM that read and write what a process would through a file. */
final class StreamChannelRig implements ChannelRig {
    private final MessageQueue queue;
    private final List<StreamDaemon> daemons = new ArrayList<>();
    final List<String> reports = new CopyOnWriteArrayList<>();

    StreamChannelRig() {
        this(false);
    }

    StreamChannelRig(boolean reissue) {
        queue = new MessageQueue(reissue);
    }

    @Override
    public MessageQueue queue() {
        return queue;
    }

    @Override
    public StreamDaemon attach() throws AttachException {
        StreamDaemon daemon = new StreamDaemon(open());
        daemons.add(daemon);
        return daemon;
    }

    /** One that nobody reads from yet. */
    StreamChannel open() throws AttachException {
        return StreamChannel.open(queue, "test", "test-daemon", reports::add);
    }

    @Override
    public void attachRefused() throws AttachException {
        open().close();
    }

    @Override
    public int beginMax() {
        return StreamChannel.SLOTS;
    }

    @Override
    public void close() {
        queue.destroy();
        daemons.forEach(StreamDaemon::close);
    }

    /** A thread that reads whatever comes, the next message before it passes the last one on. */
    final class StreamDaemon implements Daemon, Runnable {
        private final StreamCalls calls;
        private final BegunMessages begun = new BegunMessages();
        private final Thread thread = new Thread(this, "stream daemon");
        private volatile boolean stopping;

        StreamDaemon(StreamChannel channel) {
            calls = new StreamCalls(channel);
            thread.start();
        }

        @Override
        public void run() {
            DeliveredMessage last = null;
            StreamCalls.Read reading = calls.read(MessageFlyweight.HEADER_LENGTH);
            while (true) {
                if (last != null) {
                    begun.add(last);
                }
                byte[] header = reading.await();
                if (header == null) {
                    return;
                }
                last = message(new UnsafeBuffer(header));
                reading = stopping ? calls.nothing() : calls.read(MessageFlyweight.HEADER_LENGTH);
            }
        }

        private DeliveredMessage message(UnsafeBuffer header) {
            long length = MessageFlyweight.length(header, 0);
            long type = MessageFlyweight.type(header, 0);
            boolean hasData = type == RequestType.READ.wire() || type == RequestType.WRITE.wire();
            ByteBuffer payload = ByteBuffer.allocateDirect(hasData ? (int) length : 0);
            if (type == RequestType.WRITE.wire() && length > 0) {
                payload.put(0, calls.readAll((int) length));
            }
            StreamCalls.Answers answers = calls.answers(payload, type == RequestType.READ.wire());
            return new Delivery(0, answers)
                    .begin(
                            MessageFlyweight.seq(header, 0),
                            type,
                            MessageFlyweight.flags(header, 0),
                            MessageFlyweight.sector(header, 0),
                            length,
                            payload);
        }

        @Override
        public BegunMessages begun() {
            return begun;
        }

        @Override
        public void stopTaking() {
            stopping = true;
            while (thread.isAlive()) {
                calls.interruptAll();
                Thread.yield();
            }
        }

        @Override
        public boolean isIdle() {
            return true;
        }

        @Override
        public void close() {
            stopTaking();
            calls.close();
        }

        @Override
        public ChannelEnd awaitEnd() {
            assertEquals(true, Uninterrupted.join(thread, ChannelRig.limitNs()));
            return calls.end();
        }
    }
}
