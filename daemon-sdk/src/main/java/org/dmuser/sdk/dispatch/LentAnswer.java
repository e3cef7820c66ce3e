package org.dmuser.sdk.dispatch;

import java.nio.ByteBuffer;
import java.util.Objects;
import org.dmuser.channel.DeliveredMessage;
import org.dmuser.sdk.ReadAnswer;

/** The answer to the read that a thread has a handler serve. Made once per thread, for nothing is made per request. */
final class LentAnswer implements ReadAnswer {
    private static final ThreadLocal<LentAnswer> OF_THREAD = ThreadLocal.withInitial(LentAnswer::new);

    private Outcome outcome;
    private DeliveredMessage message;
    private long length;
    private boolean given;

    private LentAnswer() {}

    /** That of this thread, for {@code message}; to be {@linkplain #end ended}. */
    static LentAnswer begin(Outcome outcome, DeliveredMessage message, long length) {
        LentAnswer ofThread = OF_THREAD.get();
        // A handler that serves a device by asking another one of this process has one of them under way already.
        LentAnswer answer = ofThread.message == null ? ofThread : new LentAnswer();
        answer.outcome = outcome;
        answer.message = message;
        answer.length = length;
        answer.given = false;
        return answer;
    }

    /** Whether the read has been answered. */
    boolean end() {
        message = null;
        return given;
    }

    boolean isGiven() {
        return given;
    }

    @Override
    public void from(ByteBuffer memory, int index) {
        if (given || message == null) {
            throw new IllegalStateException("the read has been answered before");
        }
        Objects.checkFromIndexSize(index, length, memory.capacity());
        given = true;
        outcome.succeeded(message, memory, index);
    }
}
