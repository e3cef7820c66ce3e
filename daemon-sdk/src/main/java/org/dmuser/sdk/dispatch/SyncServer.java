package org.dmuser.sdk.dispatch;

import static org.dmuser.sdk.dispatch.Server.has;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.dmuser.channel.DeliveredMessage;
import org.dmuser.channel.Errno;
import org.dmuser.channel.RequestFlags;
import org.dmuser.sdk.BlockException;
import org.dmuser.sdk.BlockHandler;
import org.dmuser.sdk.Operation;
import org.dmuser.sdk.ThreadModel;
import org.dmuser.sdk.Zeroes;

/** Calls a {@link BlockHandler} on the thread that brought the message. */
final class SyncServer implements Server {
    private final BlockHandler handler;
    private final boolean serial;
    private final Outcome outcome;
    private final Object turn = new Object();

    SyncServer(BlockHandler handler, Outcome outcome) {
        this.handler = handler;
        this.serial = Objects.requireNonNull(handler.threadModel(), "threadModel()") == ThreadModel.SERIAL;
        this.outcome = outcome;
    }

    @Override
    public void serve(
            DeliveredMessage message, Operation operation, long flags, long offset, long length, ByteBuffer payload) {
        LentAnswer lent = LentAnswer.begin(outcome, message, length);
        Throwable failure = null;
        try {
            if (serial) {
                // A monitor, since a contended java.util.concurrent lock allocates.
                synchronized (turn) {
                    perform(operation, flags, offset, length, payload, lent);
                }
            } else {
                perform(operation, flags, offset, length, payload, lent);
            }
        } catch (Throwable e) {
            failure = e;
        }
        boolean answered = lent.end();
        if (answered) {
            outcome.returned();
        }
        if (answered && failure != null) {
            outcome.report(Outcome.describe(operation, offset, length) + " was answered, then failed", failure);
        } else if (failure != null) {
            outcome.failed(message, operation, offset, length, failure);
        } else if (!answered) {
            outcome.succeeded(message);
        }
    }

    private void perform(Operation operation, long flags, long offset, long length, ByteBuffer payload, LentAnswer lent)
            throws IOException {
        if (operation == Operation.FLUSH) {
            handler.flush();
            return;
        }
        if (has(flags, RequestFlags.PREFLUSH)) {
            handler.flush();
        }
        if (length > 0) {
            transfer(operation, flags, offset, length, payload, lent);
        }
    }

    private void transfer(
            Operation operation, long flags, long offset, long length, ByteBuffer payload, LentAnswer lent)
            throws IOException {
        boolean fua = has(flags, RequestFlags.FUA);
        switch (operation) {
            case READ -> read(offset, length, payload, lent);
            case WRITE -> write(fua, offset, payload);
            case DISCARD -> handler.discard(offset, length);
            case WRITE_ZEROES -> writeZeroes(has(flags, RequestFlags.NOUNMAP), offset, length);
            default -> throw new IllegalArgumentException("not a transfer: " + operation);
        }
        if (operation == Operation.WRITE) {
            requireUsedUp(operation, length, payload);
        } else if (fua && operation.modifies()) {
            handler.flush();
        }
    }

    private void read(long offset, long length, ByteBuffer payload, LentAnswer lent) throws IOException {
        if (handler.lend(offset, (int) length, lent)) {
            if (!lent.isGiven()) {
                throw new BlockException(Errno.EIO, "lend() said it had answered, and had not");
            }
        } else if (lent.isGiven()) {
            throw new IllegalStateException("lend() said it had not answered, and had");
        } else {
            handler.read(offset, payload);
            requireUsedUp(Operation.READ, length, payload);
        }
    }

    private void write(boolean fua, long offset, ByteBuffer payload) throws IOException {
        if (fua) {
            handler.writeFua(offset, payload);
        } else {
            handler.write(offset, payload);
        }
    }

    private void writeZeroes(boolean keepAllocated, long offset, long length) throws IOException {
        if (keepAllocated) {
            Zeroes.write(handler, offset, length);
        } else {
            handler.writeZeroes(offset, length);
        }
    }

    private static void requireUsedUp(Operation operation, long length, ByteBuffer payload) throws IOException {
        if (payload.position() != length) {
            throw Outcome.notUsedUp(operation, payload.position(), length);
        }
    }
}
