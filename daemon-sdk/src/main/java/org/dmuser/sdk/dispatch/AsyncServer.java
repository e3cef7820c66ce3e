package org.dmuser.sdk.dispatch;

import java.nio.ByteBuffer;
import java.util.Objects;
import org.dmuser.channel.DeliveredMessage;
import org.dmuser.sdk.AsyncBlockHandler;
import org.dmuser.sdk.Operation;
import org.dmuser.sdk.ThreadModel;

/** Submits to an {@link AsyncBlockHandler}, one {@link PendingRequest} for each step of a message. */
final class AsyncServer implements Server {
    private final AsyncBlockHandler handler;
    private final boolean serial;
    private final Outcome outcome;
    private final Object turn = new Object();

    AsyncServer(AsyncBlockHandler handler, Outcome outcome) {
        this.handler = handler;
        this.serial = Objects.requireNonNull(handler.threadModel(), "threadModel()") == ThreadModel.SERIAL;
        this.outcome = outcome;
    }

    @Override
    public void serve(
            DeliveredMessage message, Operation operation, long flags, long offset, long length, ByteBuffer payload) {
        PendingRequest first;
        try {
            first = PendingRequest.first(this, message, operation, flags, offset, length, payload);
        } catch (OutOfMemoryError e) {
            outcome.failed(message, operation, offset, length, e);
            return;
        }
        proceed(first, message);
    }

    /** Submits the next step, or, with null, ends the message. */
    void proceed(PendingRequest next, DeliveredMessage message) {
        if (next == null) {
            outcome.succeeded(message);
            return;
        }
        try {
            if (serial) {
                synchronized (turn) {
                    handler.submit(next);
                }
            } else {
                handler.submit(next);
            }
        } catch (Throwable failure) {
            if (!next.failIfPending(failure)) {
                outcome.report("submit threw after it had ended the request: " + Failures.describe(failure));
            }
        }
    }

    void failed(PendingRequest request, DeliveredMessage message, Throwable failure) {
        outcome.failed(message, request.operation(), request.offset(), request.length(), failure);
    }
}
