package org.dmuser.channel;

import java.util.ArrayList;
import java.util.List;

/**
 * Notices that of the messages that wait none is taken, although there are channels: all their slots are with daemons
 * that hang. For one thread at a time, under the queue's lock.
 */
final class Standstill {
    private static final long NONE = -1;

    /** The message that was the first of those waiting at the last look. */
    private long firstSeq = NONE;

    /** When that was seen for the first time, and the number behind the last of those that waited with it. */
    private long sinceNs;

    private long endSeq;

    /** Nothing waits, or nobody is there to take it. */
    void end() {
        firstSeq = NONE;
    }

    /**
     * Removes those of {@code waiting}, of which there are some, that were there when a standstill of {@code limitNs}
     * began.
     *
     * @param nextSeq the number of the message that will be submitted next
     */
    List<Message> take(MessageList waiting, long nextSeq, long nowNs, long limitNs) {
        long seq = waiting.first().seq();
        if (seq != firstSeq) {
            firstSeq = seq;
            sinceNs = nowNs;
            endSeq = nextSeq;
        }
        List<Message> taken = new ArrayList<>();
        while (nowNs - sinceNs >= limitNs
                && !waiting.isEmpty()
                && waiting.first().seq() < endSeq) {
            taken.add(waiting.first());
            waiting.removeFirst();
        }
        return taken;
    }
}
