package org.dmuser.sdk.dispatch;

import java.nio.ByteBuffer;
import java.util.Locale;
import org.dmuser.channel.DeliveredMessage;
import org.dmuser.channel.Errno;
import org.dmuser.channel.ResponseType;
import org.dmuser.sdk.BlockException;
import org.dmuser.sdk.Operation;

/** Sends the one answer a message gets, then says what went wrong, if anything did. Never throws. */
final class Outcome {
    private static final String NOT_ACCEPTED = "the answer was not accepted";

    private final String handlerName;
    private final Reports reports;
    private final InFlight inFlight;

    Outcome(String handlerName, Reports reports, InFlight inFlight) {
        this.handlerName = handlerName;
        this.reports = reports;
        this.inFlight = inFlight;
    }

    /** Ends a READ well, with the data at {@code index} of {@code memory}; {@link #returned} is to follow. */
    void succeeded(DeliveredMessage message, ByteBuffer memory, int index) {
        try {
            message.answerFrom(memory, index);
        } catch (RuntimeException | Error e) {
            report(NOT_ACCEPTED, e);
        }
    }

    /** The handler has returned from a message that it had answered itself. */
    void returned() {
        inFlight.end();
    }

    void succeeded(DeliveredMessage message) {
        answer(message, ResponseType.SUCCESS, Errno.OK);
    }

    /** Answers something the handler never sees. */
    void refused(DeliveredMessage message, Errno errno) {
        answer(message, errno == Errno.EOPNOTSUPP ? ResponseType.UNSUPPORTED : ResponseType.ERROR, errno);
    }

    /** The message is the channel's again once it is answered, hence the operation and range as arguments. */
    void failed(DeliveredMessage message, Operation operation, long offset, long length, Throwable failure) {
        Errno errno = Failures.errno(failure);
        refused(message, errno);
        if (!Failures.worthReporting(failure)) {
            return;
        }
        try {
            report(describe(operation, offset, length) + " failed with " + errno, failure);
        } catch (RuntimeException | Error e) {
            reports.lost();
        }
    }

    /** A line that cannot be made or written, for want of memory perhaps, is counted: the answers must go on. */
    void report(String what, Throwable failure) {
        try {
            report(what + ": " + Failures.describe(failure));
        } catch (RuntimeException | Error e) {
            reports.lost();
        }
    }

    /** As above, of something nobody threw. */
    void report(String what) {
        try {
            reports.add("handler " + handlerName + ": " + what);
        } catch (RuntimeException | Error e) {
            reports.lost();
        }
    }

    private void answer(DeliveredMessage message, ResponseType response, Errno errno) {
        try {
            message.answer(response, errno);
        } catch (RuntimeException | Error e) {
            report(NOT_ACCEPTED, e);
        } finally {
            inFlight.end();
        }
    }

    /** {@code "write of 512 bytes at offset 4096"}. */
    static String describe(Operation operation, long offset, long length) {
        String name = operation.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        return operation == Operation.FLUSH ? name : name + " of " + length + " bytes at offset " + offset;
    }

    /** What a handler that did not use a buffer up failed with. */
    static BlockException notUsedUp(Operation operation, int position, long length) {
        String verb = operation == Operation.READ ? "unfilled" : "unconsumed";
        long left = length - position;
        String how = left > 0
                ? "it left " + left + " of " + length + " bytes " + verb
                : "it changed the limit of its buffer";
        return new BlockException(Errno.EIO, how);
    }
}
