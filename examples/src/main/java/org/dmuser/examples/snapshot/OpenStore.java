package org.dmuser.examples.snapshot;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.dmuser.examples.snapshot.store.Base;
import org.dmuser.examples.snapshot.store.SnapshotStore;
import org.dmuser.examples.snapshot.store.StoreDirectory;
import org.dmuser.examples.snapshot.store.StoreOptions;
import org.dmuser.sdk.DeviceInfo;
import org.dmuser.sdk.control.ControlServer;
import org.dmuser.sdk.control.Registration;

/**
 * The store of a handler, with all that is open for it: its base, the lock of its directory, and an ear for commands.
 * Opened and closed by one thread.
 */
final class OpenStore implements AutoCloseable {
    private final Base base;
    private final SnapshotStore store;
    private final Closeable lock;

    /** Nothing for a store that takes no commands. */
    private final Optional<StoreDirectory> commanded;

    /** Nothing for a store that is kept. */
    private final Optional<Path> thrownAway;

    private ControlServer server;
    private Optional<Registration> registration = Optional.empty();

    private OpenStore(
            Base base,
            SnapshotStore store,
            Closeable lock,
            Optional<StoreDirectory> commanded,
            Optional<Path> thrownAway) {
        this.base = base;
        this.store = store;
        this.lock = lock;
        this.commanded = commanded;
        this.thrownAway = thrownAway;
    }

    /**
     * One that is there when this is closed, and later.
     *
     * @param base closed with it, or if this fails
     * @param directory made if it is not there
     */
    static OpenStore kept(Base base, Path directory, StoreOptions options) throws IOException {
        return open(base, directory, options, false);
    }

    /**
     * One that is deleted when this is closed.
     *
     * @param base closed with it, or if this fails
     */
    static OpenStore thrownAway(Base base, Path directory) throws IOException {
        return open(base, directory, StoreOptions.standard(), true);
    }

    private static OpenStore open(Base base, Path path, StoreOptions options, boolean throwAway) throws IOException {
        Closeable lock = () -> {};
        try {
            StoreDirectory directory = StoreDirectory.make(path);
            lock = directory.lock();
            SnapshotStore store = SnapshotStore.open(directory.files(), base, options);
            return new OpenStore(
                    base,
                    store,
                    lock,
                    throwAway ? Optional.empty() : Optional.of(directory),
                    throwAway ? Optional.of(path) : Optional.empty());
        } catch (IOException | RuntimeException e) {
            lock.close();
            base.close();
            throw e;
        }
    }

    /** One of any kind of files; both are closed with it. */
    static OpenStore of(Base base, SnapshotStore store) {
        return new OpenStore(base, store, () -> {}, Optional.empty(), Optional.empty());
    }

    SnapshotStore store() {
        return store;
    }

    /** Listens for commands, unless there will be none. */
    void listen(DeviceInfo device) throws IOException {
        if (commanded.isPresent()) {
            StoreDirectory directory = commanded.get();
            server = ControlServer.open(directory.socket(), () -> new SnapshotSession(directory, store));
            registration = Registration.make(device, directory.path());
        }
    }

    @Override
    public void close() throws IOException {
        try (base;
                lock;
                store) {
            endCommands();
        }
        if (thrownAway.isPresent()) {
            delete(thrownAway.get());
        }
    }

    private void endCommands() throws IOException {
        try {
            if (registration.isPresent()) {
                registration.get().close();
            }
        } finally {
            if (server != null) {
                server.close();
            }
        }
    }

    private static void delete(Path directory) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                Files.delete(file);
            }
        }
        Files.delete(directory);
    }
}
