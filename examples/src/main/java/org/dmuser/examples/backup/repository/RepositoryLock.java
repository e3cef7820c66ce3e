package org.dmuser.examples.backup.repository;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.dmuser.examples.backup.repository.storage.Storage;
import org.dmuser.examples.backup.repository.storage.StoredObject;

/**
 * A lock that is held, and renewed by a thread of its own until it is closed. Threads: any one may close it, once or
 * again.
 */
public final class RepositoryLock implements AutoCloseable {
    private static final long RENEW_EVERY_MINUTES = 5;

    private final Storage storage;
    private final String name;
    private final ByteBuffer content;
    private ScheduledExecutorService renewer;
    private boolean closed;

    private RepositoryLock(Storage storage, String name, ByteBuffer content) {
        this.storage = storage;
        this.name = name;
        this.content = content;
    }

    static RepositoryLock put(Storage storage, String name, ByteBuffer content) throws IOException {
        storage.putTransient(Names.lock(name), content.duplicate());
        return new RepositoryLock(storage, name, content);
    }

    String name() {
        return name;
    }

    /** Renews it from now on. */
    synchronized void keep() {
        renewer = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "backup-lock");
            thread.setDaemon(true);
            return thread;
        });
        renewer.scheduleAtFixedRate(this::renew, RENEW_EVERY_MINUTES, RENEW_EVERY_MINUTES, TimeUnit.MINUTES);
    }

    private synchronized void renew() {
        try {
            // Not one that someone removed: it would be in the way of who came since.
            if (!closed && isThere()) {
                storage.putTransient(Names.lock(name), content.duplicate());
            }
        } catch (IOException e) {
            // Tried again in some minutes; whether it is still held is asked before anything depends on it.
        }
    }

    private boolean isThere() throws IOException {
        for (StoredObject object : storage.list(Names.LOCKS)) {
            if (object.name().equals(name)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Nobody has taken it away.
     *
     * @throws LockedException if someone has, thinking that this process was dead
     */
    public synchronized void requireHeld() throws IOException {
        if (closed || !isThere()) {
            throw new LockedException("repository " + storage.url()
                    + ": its lock was taken away, as if this process were dead; run the command again");
        }
    }

    @Override
    public synchronized void close() throws IOException {
        if (!closed) {
            closed = true;
            if (renewer != null) {
                renewer.shutdown();
            }
            storage.delete(Names.lock(name));
        }
    }
}
