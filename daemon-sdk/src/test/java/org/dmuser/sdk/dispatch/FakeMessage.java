package org.dmuser.sdk.dispatch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.dmuser.channel.DeliveredMessage;
import org.dmuser.channel.Errno;
import org.dmuser.channel.RequestType;
import org.dmuser.channel.ResponseType;

/** A message that remembers its answer, and does not put up with a second one. */
final class FakeMessage implements DeliveredMessage {
    private final long type;
    private final long flags;
    private final long sector;
    private final long length;
    private final ByteBuffer payload;
    private final AtomicInteger answers = new AtomicInteger();
    private final CountDownLatch answered = new CountDownLatch(1);
    private volatile ResponseType response;
    private volatile Errno errno;
    private volatile Runnable onAnswer = () -> {};

    FakeMessage(long type, long flags, long sector, long length, ByteBuffer payload) {
        this.type = type;
        this.flags = flags;
        this.sector = sector;
        this.length = length;
        this.payload = payload;
    }

    static FakeMessage of(RequestType type, long flags, long sector, long length) {
        boolean carries = type == RequestType.READ || type == RequestType.WRITE;
        return new FakeMessage(
                type.wire(), flags, sector, length, carries ? ByteBuffer.allocateDirect((int) length) : null);
    }

    static FakeMessage read(long sector, int length) {
        return of(RequestType.READ, 0, sector, length);
    }

    static FakeMessage write(long sector, int length, long flags) {
        FakeMessage message = of(RequestType.WRITE, flags, sector, length);
        for (int i = 0; i < length; i++) {
            message.payload.put(i, (byte) (sector + i));
        }
        return message;
    }

    @Override
    public long seq() {
        return 0;
    }

    @Override
    public long type() {
        return type;
    }

    @Override
    public long flags() {
        return flags;
    }

    @Override
    public long sector() {
        return sector;
    }

    @Override
    public long length() {
        return length;
    }

    @Override
    public ByteBuffer payload() {
        return payload;
    }

    @Override
    public void answer(ResponseType response, Errno errno) {
        if (answers.incrementAndGet() > 1) {
            throw new IllegalStateException("answered before");
        }
        this.response = response;
        this.errno = errno;
        answered.countDown();
        onAnswer.run();
    }

    /** Runs something as part of the answer, as the end of a bio is. */
    FakeMessage onAnswer(Runnable action) {
        onAnswer = action;
        return this;
    }

    boolean isAnswered() {
        return answers.get() > 0;
    }

    void awaitAnswer() throws InterruptedException {
        if (!answered.await(120, TimeUnit.SECONDS)) {
            throw new AssertionError("no answer");
        }
    }

    /** Lets it be answered again, as the channel does when it uses a message again. */
    void reuse() {
        answers.set(0);
        payload.clear();
    }

    void assertSucceeded() {
        assertAnswer(ResponseType.SUCCESS, Errno.OK);
    }

    void assertFailed(Errno expected) {
        assertAnswer(expected == Errno.EOPNOTSUPP ? ResponseType.UNSUPPORTED : ResponseType.ERROR, expected);
    }

    private void assertAnswer(ResponseType expectedResponse, Errno expectedErrno) {
        assertEquals(1, answers.get(), "answers");
        assertEquals(expectedResponse, response);
        assertEquals(expectedErrno, errno);
    }
}
