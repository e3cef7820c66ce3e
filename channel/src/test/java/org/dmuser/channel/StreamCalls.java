package org.dmuser.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.agrona.concurrent.UnsafeBuffer;

/** What a daemon does with its file, one call at a time, as the connection to the kernel would bring them. */
final class StreamCalls {
    private final StreamChannel channel;
    private long ids;

    StreamCalls(StreamChannel channel) {
        this.channel = channel;
    }

    /** A {@code read()} under way. */
    static final class Read implements StreamRead.Listener {
        private final CompletableFuture<byte[]> data = new CompletableFuture<>();
        private volatile Errno error = Errno.OK;

        @Override
        public void onData(ByteBuffer memory, int index, int length) {
            byte[] copy = new byte[length];
            memory.get(index, copy);
            data.complete(copy);
        }

        @Override
        public void onError(Errno status) {
            error = status;
            data.complete(null);
        }

        boolean isDone() {
            return data.isDone();
        }

        /** What came; null if that is an error. */
        byte[] await() {
            try {
                return data.get(ChannelRig.limitNs(), TimeUnit.NANOSECONDS);
            } catch (Exception e) {
                throw new AssertionError("a read does not end", e);
            }
        }

        Errno error() {
            await();
            return error;
        }
    }

    Read read(int size) {
        return read(size, false);
    }

    synchronized Read read(int size, boolean goesOn) {
        Read read = new Read();
        channel.read(new StreamRead(read).prepare(ids++, size, goesOn));
        return read;
    }

    /** A read that is not made. */
    Read nothing() {
        Read read = new Read();
        read.onError(Errno.EINTR);
        return read;
    }

    /** Reads the data of a message, in pieces as they come. */
    byte[] readAll(int length) {
        ByteBuffer all = ByteBuffer.allocate(length);
        while (all.hasRemaining()) {
            all.put(read(all.remaining()).await());
        }
        return all.array();
    }

    /** As {@link StreamChannel#write}. */
    int write(byte[] bytes) {
        return write(bytes, false);
    }

    synchronized int write(byte[] bytes, boolean goesOn) {
        return channel.write(ByteBuffer.allocateDirect(bytes.length).put(0, bytes), 0, bytes.length, goesOn);
    }

    /** Interrupts the last reads made, if they wait. */
    synchronized boolean interruptAll() {
        boolean any = false;
        for (long id = Math.max(0, ids - 16); id < ids; id++) {
            any |= channel.interrupt(id);
        }
        return any;
    }

    synchronized void close() {
        channel.close();
    }

    ChannelEnd end() {
        return channel.end();
    }

    /** The bytes of an answer's header. */
    static byte[] header(long seq, long response) {
        byte[] header = new byte[MessageFlyweight.HEADER_LENGTH];
        MessageFlyweight.putResponse(new UnsafeBuffer(header), 0, seq, response);
        return header;
    }

    Answers answers(ByteBuffer payload, boolean wantsData) {
        return new Answers(payload, wantsData);
    }

    /** Answers one message as a library would: once, and silently when nobody is there any more. */
    final class Answers implements Delivery.Answers {
        private final ByteBuffer payload;
        private final boolean wantsData;
        private final AtomicBoolean answered = new AtomicBoolean();

        Answers(ByteBuffer payload, boolean wantsData) {
            this.payload = payload;
            this.wantsData = wantsData;
        }

        @Override
        public void answer(int slot, long seq, ResponseType response, Errno errno) {
            if (answered.getAndSet(true)) {
                throw new IllegalStateException("message " + seq + " was answered before");
            }
            boolean data = wantsData && response == ResponseType.SUCCESS;
            byte[] bytes = new byte[MessageFlyweight.HEADER_LENGTH + (data ? payload.capacity() : 0)];
            System.arraycopy(header(seq, response.wire()), 0, bytes, 0, MessageFlyweight.HEADER_LENGTH);
            if (data) {
                payload.get(0, bytes, MessageFlyweight.HEADER_LENGTH, payload.capacity());
            }
            boolean open = end() != ChannelEnd.CLOSED;
            int taken = write(bytes);
            if (open && end() != ChannelEnd.CLOSED) {
                assertEquals(bytes.length, taken, "an answer is taken whole");
            }
        }

        @Override
        public void answerFrom(int slot, long seq, ByteBuffer memory, int index) {
            payload.put(0, memory, index, payload.capacity());
            answer(slot, seq, ResponseType.SUCCESS, Errno.OK);
        }
    }
}
