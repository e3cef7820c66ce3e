package org.dmuser.cli.snapshot;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.dmuser.cli.base.CliException;
import org.dmuser.examples.snapshot.SnapshotSession;
import org.dmuser.examples.snapshot.StoreInfoText;
import org.dmuser.examples.snapshot.store.FileBase;
import org.dmuser.examples.snapshot.store.SnapshotStore;
import org.dmuser.examples.snapshot.store.SnapshotView;
import org.dmuser.examples.snapshot.store.StoreDirectory;
import org.dmuser.examples.snapshot.store.StoreInfo;
import org.dmuser.examples.snapshot.store.StoreOptions;
import org.dmuser.sdk.control.ControlConnection;

/** A store, by way of its daemon if there is one. */
final class StoreAccess {
    private final StoreDirectory directory;
    private final Path base;

    /** With a base other than the one the store has noted, or null. */
    StoreAccess(StoreDirectory directory, Path base) {
        this.directory = directory;
        this.base = base;
    }

    Path path() {
        return directory.path();
    }

    boolean hasDaemon() throws IOException {
        Optional<ControlConnection> daemon = ControlConnection.find(directory.socket());
        if (daemon.isPresent()) {
            daemon.get().close();
        }
        return daemon.isPresent();
    }

    /** Has the daemon carry out a command, or does it here. */
    void run(String... words) throws IOException {
        Optional<ControlConnection> found = ControlConnection.find(directory.socket());
        if (found.isPresent()) {
            try (ControlConnection daemon = found.get()) {
                daemon.ask(words);
            }
            return;
        }
        try (Closeable lock = directory.lock();
                FileBase opened = FileBase.open(basePath(directory.info()));
                SnapshotStore store = SnapshotStore.open(directory.files(), opened, StoreOptions.standard())) {
            Objects.requireNonNull(lock);
            new SnapshotSession(directory, store).run(List.of(words));
        }
    }

    StoreInfo info() throws IOException {
        Optional<ControlConnection> found = ControlConnection.find(directory.socket());
        if (found.isPresent()) {
            try (ControlConnection daemon = found.get()) {
                return StoreInfoText.read(daemon.ask("info"));
            }
        }
        return directory.info();
    }

    SnapshotView view(String name) throws IOException {
        return SnapshotView.open(directory, name, FileBase.open(basePath(directory.info())));
    }

    /** Whether a file that is there is the base, or in the store. */
    boolean uses(Path file) throws IOException {
        return file.toRealPath().startsWith(path().toRealPath()) || Files.isSameFile(file, basePath(directory.info()));
    }

    private Path basePath(StoreInfo info) {
        Path path = base == null ? Path.of(info.basePath()) : base;
        if (!Files.exists(path)) {
            throw new CliException(
                    "the base of " + directory.path() + " is not at '" + path + "': say where it is with --base FILE");
        }
        return path;
    }
}
