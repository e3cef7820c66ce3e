package org.dmuser.shim.bio;

import java.util.Arrays;
import java.util.Objects;

/**
 * Who is to be told of the end of a bio, last pushed first, and where the bio was when each was pushed. Belongs to the
 * bio, and grows when that passes through more devices than ever before.
 */
final class EndStack {
    private static final int FRAMES_INITIAL = 4;

    private EndListener[] listeners = new EndListener[FRAMES_INITIAL];
    private long[] sectors = new long[FRAMES_INITIAL];
    private long[] tickets = new long[FRAMES_INITIAL];
    private int depth;
    private long pushes;

    boolean isEmpty() {
        return depth == 0;
    }

    /** Returns a ticket, by which {@link #holds} finds the frame. */
    long push(EndListener listener, long sector) {
        if (depth == listeners.length) {
            listeners = Arrays.copyOf(listeners, depth * 2);
            sectors = Arrays.copyOf(sectors, depth * 2);
            tickets = Arrays.copyOf(tickets, depth * 2);
        }
        listeners[depth] = Objects.requireNonNull(listener);
        sectors[depth] = sector;
        tickets[depth++] = ++pushes;
        return pushes;
    }

    /** Takes away what was pushed last. */
    void pop() {
        depth--;
        listeners[depth] = null;
        tickets[depth] = 0;
    }

    /** That which was pushed last; null if there is none. */
    EndListener listener() {
        return depth == 0 ? null : listeners[depth - 1];
    }

    /** Where the bio was when that was pushed. */
    long sector() {
        return sectors[depth - 1];
    }

    /** That of the last push; 0 if there is none. */
    long ticket() {
        return depth == 0 ? 0 : tickets[depth - 1];
    }

    /** Whether what was pushed for {@code ticket} is still there. For threads, too, that do not own the bio. */
    boolean holds(long ticket) {
        long[] held = tickets;
        for (int i = Math.min(depth, held.length) - 1; i >= 0; i--) {
            if (held[i] == ticket) {
                return true;
            }
        }
        return false;
    }
}
