package org.dmuser.channel;

/** The daemon's side of a channel: called once for each message, in {@code seq} order. */
@FunctionalInterface
public interface MessageHandler {
    /**
     * Serves {@code message}, or keeps it to answer later. Runs on the thread that polls the channel or, on a
     * {@link DirectChannel}, on the one that submitted the request, and then possibly on several at a time.
     *
     * <p>Must not throw; whoever implements this turns failures into answers.
     */
    void onMessage(DeliveredMessage message);
}
