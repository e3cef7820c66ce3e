package org.dmuser.channel;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** Tells people, a line each, what they should know of a channel; never fails at that. Any thread. */
final class ChannelReports {
    private final String channel;
    private final Consumer<String> reader;

    /** Whether it has been said that memory is short; once is enough. */
    private final AtomicBoolean shortageTold = new AtomicBoolean();

    /** @param channel its name */
    ChannelReports(String channel, Consumer<String> reader) {
        this.channel = channel;
        this.reader = reader;
    }

    void tell(String line) {
        try {
            reader.accept("channel " + channel + ": " + line);
        } catch (RuntimeException e) {
            // Whoever wants to know cannot be told.
        }
    }

    void tellOfShortage(Errno errno) {
        if (shortageTold.compareAndSet(false, true)) {
            tell("no shared memory for another slot, going on with fewer: " + errno.text());
        }
    }

    /** What the listener of a message has thrown. */
    void tellOfEnd(Message message, Throwable failure) {
        tell("the end of " + message + " failed: " + failure);
    }

    /**
     * What the end of the channel left.
     *
     * @param begun how many messages its daemon had begun and not answered
     * @param notBegun how many it had been given and not begun
     */
    void tellOfRest(int begun, int notBegun, boolean reissued) {
        if (begun > 0) {
            tell(begun + " requests its daemon had begun " + (reissued ? "are to be reissued" : "failed with EIO")
                    + ", " + notBegun + " it had not begun wait for the next");
        }
    }
}
