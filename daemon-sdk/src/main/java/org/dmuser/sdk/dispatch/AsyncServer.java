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

    /** Who has the turn. Read without it as well: a thread finds itself here only if it has put itself here. */
    private Thread holder;

    /** Ended by the holder while it has the turn, to be settled when it has left it: answers run others' code. */
    private PendingRequest endedFirst;

    private PendingRequest endedLast;

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
        } else if (serial) {
            submitInTurn(next);
        } else {
            submit(next);
        }
    }

    /** Goes on after a request that has just been ended, by anybody, or leaves that to the thread's own turn. */
    void ended(PendingRequest request) {
        if (!hasTurn()) {
            request.settle();
        } else if (endedLast == null) {
            endedFirst = request;
            endedLast = request;
        } else {
            endedLast.endedNext = request;
            endedLast = request;
        }
    }

    void failed(PendingRequest request, DeliveredMessage message, Throwable failure) {
        outcome.failed(message, request.operation(), request.offset(), request.length(), failure);
    }

    private void submitInTurn(PendingRequest next) {
        PendingRequest ended;
        synchronized (turn) {
            if (hasTurn()) {
                // The handler uses its own device: the turn further down the stack settles what ends in this one.
                submit(next);
                return;
            }
            holder = Thread.currentThread();
            submit(next);
            holder = null;
            ended = endedFirst;
            endedFirst = null;
            endedLast = null;
        }
        while (ended != null) {
            PendingRequest following = ended.endedNext;
            ended.settle();
            ended = following;
        }
    }

    /** Never throws. */
    private void submit(PendingRequest next) {
        try {
            handler.submit(next);
        } catch (Throwable failure) {
            if (!next.failIfPending(failure)) {
                outcome.report("submit threw after it had ended the request", failure);
            }
        }
    }

    private boolean hasTurn() {
        return holder == Thread.currentThread();
    }
}
