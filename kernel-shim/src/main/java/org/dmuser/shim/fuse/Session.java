package org.dmuser.shim.fuse;

import java.util.concurrent.TimeUnit;

/** A transport's connection to the kernel, being served from its start until somebody unmounts the file. */
public interface Session {
    /**
     * Begins to serve. Called once.
     *
     * @throws MountException if it cannot; it ends by itself when the file is unmounted
     */
    void start() throws MountException;

    /** Waits until nothing of it is left, no thread and no descriptor; answers whether it came to that. */
    boolean awaitEnd(long timeout, TimeUnit unit) throws InterruptedException;

    /** Whether the kernel may still send requests: not when it is unmounted everywhere, or was aborted. Any thread. */
    boolean isConnected();

    /** What keeps it from ending, for a message. */
    String describe();
}
