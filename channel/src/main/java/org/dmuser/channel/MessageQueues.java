package org.dmuser.channel;

/**
 * Some queues, each once: those below a device, whose answers whoever submits to it may look for ({@link
 * AnswerLooker}). Made once and filled again and again; belongs to one thread.
 *
 * <p>It need not have all of them: answers that nobody looks for are taken by the threads that serve the channels.
 */
public final class MessageQueues {
    /** To look for answers takes some nanoseconds for each queue. */
    static final int MAX = 16;

    /** Where devices stand on each other, there may be many ways to few queues. */
    private static final int STEPS_MAX = 64;

    private final MessageQueue[] queues = new MessageQueue[MAX];
    private int count;
    private int steps;

    /** Forgets them all. */
    public MessageQueues clear() {
        count = 0;
        steps = 0;
        return this;
    }

    /** Whether to look for more of them on one more device; asked before each. */
    public boolean wantsMore() {
        return count < MAX && ++steps <= STEPS_MAX;
    }

    /** Adds {@code queue}, if it is not there and there is room. */
    public void add(MessageQueue queue) {
        for (int i = 0; i < count; i++) {
            if (queues[i] == queue) {
                return;
            }
        }
        if (count < MAX) {
            queues[count++] = queue;
        }
    }

    /** How many there are. */
    public int count() {
        return count;
    }

    MessageQueue get(int index) {
        return queues[index];
    }

    /** Whether messages of any go to daemons in processes of their own, so that there are answers to look for. */
    public boolean lend() {
        for (int i = 0; i < count; i++) {
            if (queues[i].lends()) {
                return true;
            }
        }
        return false;
    }
}
