package org.dmuser.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A message submitted by a test, and how it ended. */
final class Submitted {
    private final CompletableFuture<Errno> status = new CompletableFuture<>();
    private final ByteBuffer data;
    final Message message;

    private Submitted(RequestType type, long flags, long sector, long length, ByteBuffer data) {
        this.data = data;
        message = new Message((ended, errno) -> {
            if (!status.complete(errno)) {
                throw new AssertionError("ended twice: " + ended);
            }
        });
        message.prepare(type, flags, sector, length, data);
    }

    static Submitted read(MessageQueue queue, long sector, int length) {
        return submit(queue, RequestType.READ, 0, sector, length, null);
    }

    static Submitted write(MessageQueue queue, long sector, byte[] content) {
        return submit(queue, RequestType.WRITE, 0, sector, content.length, content);
    }

    static Submitted submit(
            MessageQueue queue, RequestType type, long flags, long sector, long length, byte[] content) {
        boolean hasData = type == RequestType.READ || type == RequestType.WRITE;
        ByteBuffer data = hasData ? ByteBuffer.allocateDirect((int) length) : null;
        if (content != null) {
            data.put(0, content);
        }
        return submit(queue, new Submitted(type, flags, sector, length, data));
    }

    /** A message with its data in memory that exists. */
    static Submitted in(MessageQueue queue, RequestType type, long sector, ByteBuffer data, int length) {
        return submit(queue, new Submitted(type, 0, sector, length, data));
    }

    private static Submitted submit(MessageQueue queue, Submitted submitted) {
        queue.submit(submitted.message);
        return submitted;
    }

    boolean isEnded() {
        return status.isDone();
    }

    Errno status() throws InterruptedException {
        try {
            return status.get(ChannelRig.limitNs(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new AssertionError("no end: " + message, e);
        }
    }

    void assertStatus(Errno expected) throws InterruptedException {
        assertEquals(expected, status(), message::toString);
    }

    byte[] data() {
        byte[] content = new byte[data.capacity()];
        data.get(0, content);
        return content;
    }
}
