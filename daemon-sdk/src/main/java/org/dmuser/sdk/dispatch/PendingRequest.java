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
 *
 * <p>The steps of a message are made together, before the first: to go on from one to the next takes no memory that
 * could be missing, and a message be left without an answer for want of it.
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
    private final PendingRequest following;
    private ByteBuffer payload;

    /** What it has failed with; written by whoever ends it. */
    private Throwable failure;

    /** The next of those that {@link AsyncServer} has yet to settle, and is its own. */
    PendingRequest endedNext;

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
        this.step = step;
        this.payload = step == Step.ITSELF ? payload : null;
        Step next = following();
        this.following = next == null
                ? null
                : new PendingRequest(server, message, operation, flags, offset, length, payload, next);
    }

    /** The first step of a message, with all that follow; null if there is nothing to do for it. */
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

    private Step following() {
        if (step == Step.FLUSH_BEFORE && messageLength > 0) {
            return Step.ITSELF;
        }
        boolean durable = step == Step.ITSELF && messageOperation.modifies() && has(flags, RequestFlags.FUA);
        return durable ? Step.FLUSH_AFTER : null;
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
        end(notUsedUp());
    }

    @Override
    public void fail(Errno errno) {
        BlockException cause = new BlockException(errno, "failed by the handler");
        requireFirstEnd();
        end(cause);
    }

    @Override
    public void fail(Throwable cause) {
        Throwable given = cause == null ? new NullPointerException("failed by the handler, without a cause") : cause;
        requireFirstEnd();
        end(given);
    }

    /** False if it had ended before. */
    boolean failIfPending(Throwable cause) {
        boolean first = ENDED.compareAndSet(this, false, true);
        if (first) {
            end(cause);
        }
        return first;
    }

    /** Once it has ended: submits what follows, or answers. */
    void settle() {
        payload = null;
        if (failure == null) {
            server.proceed(following, message);
        } else {
            server.failed(this, message, failure);
        }
    }

    private void end(Throwable cause) {
        failure = cause;
        server.ended(this);
    }

    private void requireFirstEnd() {
        if (!ENDED.compareAndSet(this, false, true)) {
            throw new IllegalStateException(this + " was ended before; nothing came of this second time");
        }
    }

    /** Null if it was. There is an answer even if there is no memory to say what is wrong. */
    private Throwable notUsedUp() {
        ByteBuffer buffer = payload;
        if (!operation().hasBuffer() || buffer.position() == messageLength) {
            return null;
        }
        try {
            return Outcome.notUsedUp(operation(), buffer.position(), messageLength);
        } catch (OutOfMemoryError e) {
            return e;
        }
    }

    @Override
    public String toString() {
        return Outcome.describe(operation(), offset(), length());
    }
}
