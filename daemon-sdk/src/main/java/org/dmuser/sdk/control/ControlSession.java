package org.dmuser.sdk.control;

import java.io.IOException;
import java.util.List;

/** What a daemon does for one connection. Made, called and closed on one thread. */
public interface ControlSession extends AutoCloseable {
    /**
     * Carries out a command.
     *
     * @param words at least one; whatever the peer has sent
     * @return what the peer is told
     * @throws IOException if it cannot be done: the peer is told the message, and the connection goes on
     */
    String run(List<String> words) throws IOException;

    /** The peer has gone, or the daemon ends. */
    @Override
    default void close() {}
}
