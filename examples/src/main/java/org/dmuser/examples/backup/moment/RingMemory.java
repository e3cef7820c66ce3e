package org.dmuser.examples.backup.moment;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.dmuser.sdk.file.LockedFile;

/**
 * A file in memory for a {@link Ring}, locked by the daemon that made it, for as long as that lives. One that is not
 * locked belongs to a daemon that was killed, and to whoever finds it first. Any thread.
 */
final class RingMemory implements AutoCloseable {
    /** A tmpfs. */
    private static final Path DIRECTORY = Path.of("/dev/shm");

    private static final String NAME = "dmuser-ring-";

    private final Path path;
    private final LockedFile lock;

    private RingMemory(Path path, LockedFile lock) {
        this.path = path;
        this.lock = lock;
    }

    /** Makes an empty one, for its owner only. */
    static RingMemory make() throws IOException {
        while (true) {
            Path path = Files.createTempFile(DIRECTORY, NAME, "");
            Optional<LockedFile> lock = lockNew(path);
            // Before it was locked, it may have been taken for one that was left.
            if (lock.isPresent() && lock.get().isAt(path)) {
                return new RingMemory(path, lock.get());
            }
            lock.ifPresent(LockedFile::close);
        }
    }

    private static Optional<LockedFile> lockNew(Path path) throws IOException {
        try {
            return LockedFile.tryLock(path);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** Bytes that there is memory for. */
    static long room() throws IOException {
        return Files.isWritable(DIRECTORY) ? Files.getFileStore(DIRECTORY).getUsableSpace() : 0;
    }

    /** Gives back the memory of daemons that were killed, whichever device they served, as far as that can be had. */
    static void sweep() {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(DIRECTORY, NAME + "*")) {
            for (Path file : files) {
                sweep(file);
            }
        } catch (IOException | DirectoryIteratorException e) {
            // Nobody's work depends on it.
        }
    }

    private static void sweep(Path file) {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try {
            Optional<LockedFile> lock = LockedFile.tryLock(file);
            if (lock.isPresent()) {
                try (LockedFile held = lock.get()) {
                    if (held.isAt(file)) {
                        Files.deleteIfExists(file);
                    }
                }
            }
        } catch (IOException e) {
            // Somebody else's, or somebody else was first.
        }
    }

    Path path() {
        return path;
    }

    /** Whoever has it mapped keeps it for that long. */
    @Override
    public void close() throws IOException {
        try (lock) {
            Files.deleteIfExists(path);
        }
    }
}
