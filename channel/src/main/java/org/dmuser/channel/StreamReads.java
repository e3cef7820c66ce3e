package org.dmuser.channel;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

/**
 * What a daemon reads from a stream channel: the message that is being read, if there is one, or else the reads that
 * wait for one. All of it under the queue's lock.
 */
final class StreamReads {
    /** In order of their arrival; none while a message is being read. */
    private final Deque<StreamRead> waiting = new ArrayDeque<>();

    private StreamMessage current;
    private boolean ended;

    /** Whether a message would be read at once. */
    boolean hasReader() {
        return !waiting.isEmpty();
    }

    /** Gives a read what there is for it, to be completed; false if it has to wait. */
    boolean begin(StreamRead read) {
        if (current != null && (!read.goesOn() || current.isInData())) {
            giveCurrent(read);
            return true;
        }
        if (read.goesOn() || ended) {
            read.refuse(read.goesOn() ? Errno.OK : Errno.ENOTBLK);
            return true;
        }
        waiting.add(read);
        return false;
    }

    /** Gives a message to the reads that wait; those to be completed, as a chain. */
    StreamRead start(StreamMessage message) {
        current = message;
        StreamRead first = waiting.remove();
        giveCurrent(first);
        // Several threads read one file, each a part.
        for (StreamRead last = first; current != null && !waiting.isEmpty(); last = last.next()) {
            last.next(waiting.remove());
            giveCurrent(last.next());
        }
        return first;
    }

    private void giveCurrent(StreamRead read) {
        if (current.give(read)) {
            current = null;
        }
    }

    /** The read of that name waits no longer; null if it does not wait. */
    StreamRead remove(long id) {
        for (Iterator<StreamRead> reads = waiting.iterator(); reads.hasNext(); ) {
            StreamRead read = reads.next();
            if (read.id() == id) {
                reads.remove();
                return read;
            }
        }
        return null;
    }

    /** No more messages; those that wait, refused. */
    List<StreamRead> end() {
        ended = true;
        current = null;
        List<StreamRead> refused = new ArrayList<>(waiting);
        waiting.clear();
        refused.forEach(read -> read.refuse(Errno.ENOTBLK));
        return refused;
    }
}
