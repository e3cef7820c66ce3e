package org.dmuser.channel;

/** Told of a message whose time is up. */
@FunctionalInterface
public interface ExpiryListener {
    /**
     * Called on the thread that looks after the time, before the message ends with {@link Errno#ETIMEDOUT}.
     *
     * @param handler what has not answered it, for people
     */
    void onExpired(String handler, Message message);
}
