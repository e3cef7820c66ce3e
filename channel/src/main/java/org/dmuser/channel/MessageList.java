package org.dmuser.channel;

import java.util.ArrayList;
import java.util.List;

/** Messages in a row, linked by themselves, so that keeping one allocates nothing. Guarded by its owner's lock. */
final class MessageList {
    private Message first;
    private Message last;

    boolean isEmpty() {
        return first == null;
    }

    /** The one that has waited longest; null if there is none. */
    Message first() {
        return first;
    }

    void addLast(Message message) {
        message.next(null);
        if (first == null) {
            first = message;
        } else {
            last.next(message);
        }
        last = message;
    }

    void removeFirst() {
        Message removed = first;
        first = removed.next();
        if (first == null) {
            last = null;
        }
        removed.next(null);
    }

    /** Puts one back where its number belongs. */
    void insertBySeq(Message message) {
        if (last == null || last.seq() < message.seq()) {
            addLast(message);
            return;
        }
        Message before = null;
        Message behind = first;
        while (behind.seq() < message.seq()) {
            before = behind;
            behind = behind.next();
        }
        message.next(behind);
        if (before == null) {
            first = message;
        } else {
            before.next(message);
        }
    }

    /** Empties it. */
    List<Message> removeAll() {
        List<Message> removed = new ArrayList<>();
        while (first != null) {
            removed.add(first);
            removeFirst();
        }
        return removed;
    }

    int size() {
        int size = 0;
        for (Message message = first; message != null; message = message.next()) {
            size++;
        }
        return size;
    }
}
