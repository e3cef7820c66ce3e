package org.dmuser.shim.service;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * Takes the connections of a socket until that is closed. A process that is out of files or of memory for threads has
 * some again later: whoever waits to be accepted is, then.
 *
 * @param connections what is done with each
 * @param events told when none can be accepted, and when one is again
 */
record Acceptor(ServerSocketChannel socket, Consumer<SocketChannel> connections, Consumer<String> events)
        implements Runnable {
    private static final long RETRY_NS = 100_000_000;

    @Override
    public void run() {
        boolean failing = false;
        while (true) {
            try {
                connections.accept(socket.accept());
                if (failing) {
                    failing = false;
                    tell("connections are accepted again");
                }
            } catch (ClosedChannelException e) {
                return;
            } catch (IOException | RuntimeException | OutOfMemoryError e) {
                if (!failing) {
                    failing = true;
                    tell("no connection can be accepted now, which is tried again: " + Problems.describe(e));
                }
                LockSupport.parkNanos(RETRY_NS);
            }
        }
    }

    /** Being out of files may keep even that from being said. */
    private void tell(String event) {
        try {
            events.accept(event);
        } catch (RuntimeException | LinkageError e) {
            // Nobody to tell; what matters is that connections are accepted.
        }
    }
}
