package org.dmuser.sdk.dispatch;

import static org.dmuser.sdk.dispatch.Server.has;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import org.dmuser.channel.DeliveredMessage;
import org.dmuser.channel.Errno;
import org.dmuser.channel.RequestFlags;
import org.dmuser.sdk.BlockException;
import org.dmuser.sdk.Operation;
import org.dmuser.sdk.Request;

/**
 * One step of a message in the hands of an asynchronous handler: the message itself, or a flush before or after it.
 *
 * <p>A new object each time, on purpose. Pooled, it could not tell a handler that ends it a second time, long after,
 * say a reply that comes in after a timeout, from one that ends the next message that uses it; data would be
 * acknowledged that was never written. Fifty bytes that die young are a fair price, and an asynchronous handler
 * allocates more itself.
 */
final class PendingRequest implements Request {
    private static final VarHandle ENDED;

    static {
        try {
            ENDED = MethodHandles.lookup().findVarHandle(PendingRequest.class, "ended", boolean.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private enum Step {
        FLUSH_BEFORE,
        ITSELF,
        FLUSH_AFTER
    }

    private final AsyncServer server;
    private final DeliveredMessage message;
    private final Operation messageOperation;
    private final long flags;
    private final long messageOffset;
    private final long messageLength;
    private final Step step;
    private ByteBuffer payload;

    @SuppressWarnings("unused") // through ENDED
    private volatile boolean ended;

    private PendingRequest(
            AsyncServer server,
            DeliveredMessage message,
            Operation operation,
            long flags,
            long offset,
            long length,
            ByteBuffer payload,
            Step step) {
        this.server = server;
        this.message = message;
        this.messageOperation = operation;
        this.flags = flags;
        this.messageOffset = offset;
        this.messageLength = length;
        this.payload = payload;
        this.step = step;
    }

    /** The first step of a message; null if there is nothing to do for it. */
    static PendingRequest first(
            AsyncServer server,
            DeliveredMessage message,
            Operation operation,
            long flags,
            long offset,
            long length,
            ByteBuffer payload) {
        boolean flush = operation == Operation.FLUSH;
        if (!flush && length == 0 && !has(flags, RequestFlags.PREFLUSH)) {
            return null;
        }
        Step step = has(flags, RequestFlags.PREFLUSH) && !flush ? Step.FLUSH_BEFORE : Step.ITSELF;
        return new PendingRequest(server, message, operation, flags, offset, length, payload, step);
    }

    @Override
    public Operation operation() {
        return step == Step.ITSELF ? messageOperation : Operation.FLUSH;
    }

    @Override
    public long offset() {
        return operation() == Operation.FLUSH ? 0 : messageOffset;
    }

    @Override
    public long length() {
        return operation() == Operation.FLUSH ? 0 : messageLength;
    }

    @Override
    public ByteBuffer buffer() {
        if (!operation().hasBuffer()) {
            throw new IllegalStateException("a " + operation() + " has no buffer");
        }
        ByteBuffer buffer = payload;
        if (ended || buffer == null) {
            throw new IllegalStateException(this + " has ended, and its buffer is somebody else's");
        }
        return buffer;
    }

    @Override
    public boolean mayUnmap() {
        return !has(flags, RequestFlags.NOUNMAP);
    }

    @Override
    public void complete() {
        requireFirstEnd();
        ByteBuffer buffer = payload;
        payload = null;
        if (operation().hasBuffer() && buffer.position() != messageLength) {
            server.failed(this, message, Outcome.notUsedUp(operation(), buffer.position(), messageLength));
        } else {
            server.proceed(following(buffer), message);
        }
    }

    @Override
    public void fail(Errno errno) {
        BlockException failure = new BlockException(errno, "failed by the handler");
        requireFirstEnd();
        payload = null;
        server.failed(this, message, failure);
    }

    @Override
    public void fail(Throwable cause) {
        requireFirstEnd();
        payload = null;
        server.failed(this, message, cause);
    }

    /** False if it had ended before. */
    boolean failIfPending(Throwable cause) {
        boolean first = ENDED.compareAndSet(this, false, true);
        if (first) {
            payload = null;
            server.failed(this, message, cause);
        }
        return first;
    }

    private void requireFirstEnd() {
        if (!ENDED.compareAndSet(this, false, true)) {
            throw new IllegalStateException(this + " was ended before; nothing came of this second time");
        }
    }

    private PendingRequest following(ByteBuffer buffer) {
        if (step == Step.FLUSH_BEFORE && messageLength > 0) {
            return at(Step.ITSELF, buffer);
        }
        boolean durable = step == Step.ITSELF && messageOperation.modifies() && has(flags, RequestFlags.FUA);
        return durable ? at(Step.FLUSH_AFTER, null) : null;
    }

    private PendingRequest at(Step next, ByteBuffer buffer) {
        return new PendingRequest(server, message, messageOperation, flags, messageOffset, messageLength, buffer, next);
    }

    @Override
    public String toString() {
        return Outcome.describe(operation(), offset(), length());
    }
}
