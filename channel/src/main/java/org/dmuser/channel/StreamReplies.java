package org.dmuser.channel;

import java.nio.ByteBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What a daemon writes to a stream channel: answers, each a header and, for a READ that succeeded, data, in pieces of
 * any size. For one thread at a time.
 *
 * <p>Of a header only {@code seq} and {@code type} count. One that answers what was not read poisons this side of the
 * channel: nobody can say where the next one would begin.
 */
final class StreamReplies {
    /** What answers are for. */
    interface Outstanding {
        /** The message of that number, which may be answered; null if there is none. */
        StreamMessage find(long seq);

        /** Its answer is complete. */
        void answered(StreamMessage message, Errno status);

        /** An answer to something else has come. */
        void poisoned(long seq);
    }

    private final SlotTable slots;
    private final Outstanding outstanding;
    private final ByteBuffer header = ByteBuffer.allocateDirect(MessageFlyweight.HEADER_LENGTH);
    private final UnsafeBuffer headerBytes = new UnsafeBuffer(header);
    private int headerLength;
    private boolean poisoned;

    /** The message whose data is being brought, and how much of it has been; null in front of and inside a header. */
    private StreamMessage current;

    private int position;

    StreamReplies(SlotTable slots, Outstanding outstanding) {
        this.slots = slots;
        this.outstanding = outstanding;
    }

    /**
     * Takes bytes, to the end of one answer at most.
     *
     * @param goesOn whether they are the rest of a write whose beginning was taken, all of it
     * @return how many, or a negated errno
     */
    int take(ByteBuffer source, int index, int length, boolean goesOn) {
        if (goesOn && current == null && headerLength == 0) {
            return 0;
        }
        if (poisoned) {
            return -Errno.EINVAL.number();
        }
        int taken = current == null ? takeHeader(source, index, length) : 0;
        return current == null ? taken : taken + takeData(source, index + taken, length - taken);
    }

    private int takeHeader(ByteBuffer source, int index, int length) {
        int count = Math.min(length, MessageFlyweight.HEADER_LENGTH - headerLength);
        Memory.copy(source, index, header, headerLength, count);
        headerLength += count;
        if (headerLength == MessageFlyweight.HEADER_LENGTH) {
            headerLength = 0;
            begin(MessageFlyweight.seq(headerBytes, 0), MessageFlyweight.type(headerBytes, 0));
        }
        return count;
    }

    private void begin(long seq, long type) {
        StreamMessage answered = outstanding.find(seq);
        if (answered == null) {
            poisoned = true;
            outstanding.poisoned(seq);
        } else if (type != ResponseType.SUCCESS.wire()) {
            outstanding.answered(answered, Errno.EIO);
        } else if (answered.answerLength() == 0) {
            outstanding.answered(answered, Errno.OK);
        } else {
            current = answered;
            position = 0;
        }
    }

    private int takeData(ByteBuffer source, int index, int length) {
        StreamMessage filled = current;
        int count = Math.min(length, filled.answerLength() - position);
        filled.fill(slots, source, index, position, count);
        position += count;
        if (position == filled.answerLength()) {
            current = null;
            outstanding.answered(filled, Errno.OK);
        }
        return count;
    }
}
