package org.dmuser.channel;

import java.util.Arrays;

/**
 * Lets a thread that has nothing better to do take the answers of daemons itself, instead of the threads that serve
 * their channels, which then need not be woken. One per thread.
 *
 * <p>What it takes ends on this thread, as on any other that brings answers: whoever is told of an end must not wait.
 */
public final class AnswerLooker {
    /** By queue, what it has said it looks for. */
    private final MemoryChannel[][] channels = new MemoryChannel[MessageQueues.MAX][];

    private int count;

    /** Takes what answers there are of {@code queues}, and is responsible for them until {@link #leave}; how many. */
    public int look(MessageQueues queues) {
        if (!looksFor(queues)) {
            leave();
            begin(queues);
        }
        int answers = 0;
        for (int i = 0; i < count; i++) {
            for (MemoryChannel channel : channels[i]) {
                answers += channel.takeAnswers();
            }
        }
        return answers;
    }

    private boolean looksFor(MessageQueues queues) {
        boolean same = count == queues.count();
        for (int i = 0; same && i < count; i++) {
            same = channels[i] == queues.get(i).memoryChannels();
        }
        return same;
    }

    private void begin(MessageQueues queues) {
        for (int i = 0; i < queues.count(); i++) {
            channels[i] = queues.get(i).memoryChannels();
            count = i + 1;
            for (MemoryChannel channel : channels[i]) {
                channel.answers().beginLooking();
            }
        }
    }

    /** Leaves it to those who serve the channels again. */
    public void leave() {
        for (int i = 0; i < count; i++) {
            for (MemoryChannel channel : channels[i]) {
                channel.answers().endLooking();
            }
        }
        Arrays.fill(channels, 0, count, null);
        count = 0;
    }
}
