package org.dmuser.channel;

/**
 * Lets a thread that has nothing better to do take the answers of a queue's daemons itself, instead of the threads that
 * serve their channels, which then need not be woken. One per thread.
 *
 * <p>What it takes ends on this thread, as on any other that brings answers: whoever is told of an end must not wait.
 */
public final class AnswerLooker {
    private static final MemoryChannel[] NONE = {};

    private MemoryChannel[] channels = NONE;

    /** Takes what answers there are of {@code queue}, and is responsible for it until {@link #leave}; how many. */
    public int look(MessageQueue queue) {
        MemoryChannel[] current = queue.memoryChannels();
        if (current != channels) {
            leave();
            for (MemoryChannel channel : current) {
                channel.answers().beginLooking();
            }
            channels = current;
        }
        int count = 0;
        for (MemoryChannel channel : current) {
            count += channel.takeAnswers();
        }
        return count;
    }

    /** Leaves it to those who serve the channels again. */
    public void leave() {
        for (MemoryChannel channel : channels) {
            channel.answers().endLooking();
        }
        channels = NONE;
    }
}
