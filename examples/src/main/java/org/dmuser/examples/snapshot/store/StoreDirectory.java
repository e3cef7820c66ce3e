package org.dmuser.examples.snapshot.store;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.dmuser.channel.OwnerOnly;
import org.dmuser.sdk.file.LockedFile;

/**
 * The directory of a store.
 *
 * <pre>
 *   map.0, map.1   what is where, see {@link MetadataLog}
 *   data           the blocks
 *   journal        what has changed since the last commit, see {@link Journal}
 *   lock           held by the process that writes to the store; its process id
 *   holds          a byte for each snapshot, by its id: held by those who read it, for it not to be deleted
 *   control        Unix socket of the daemon
 *   overlay-PID/   a store to be thrown away, of a process that has a snapshot with an overlay
 * </pre>
 *
 * <p>Locks are the kernel's, which lets go of those of a process that ends, however it ends.
 */
public final class StoreDirectory {
    private static final String OVERLAY = "overlay-";

    private final Path path;

    private StoreDirectory(Path path) {
        this.path = path.toAbsolutePath().normalize();
    }

    /** The directory at {@code path}; makes it, for its owner only, if it is not there. */
    public static StoreDirectory make(Path path) throws IOException {
        try {
            Files.createDirectory(path, OwnerOnly.directory());
            sync(path.toAbsolutePath().normalize().getParent());
        } catch (FileAlreadyExistsException e) {
            if (!Files.isDirectory(path)) {
                throw new IOException("store: " + path + " is not a directory", e);
            }
        } catch (NoSuchFileException e) {
            throw new IOException(
                    "store: " + path + " cannot be made: there is no directory "
                            + path.toAbsolutePath().normalize().getParent(),
                    e);
        }
        return new StoreDirectory(path);
    }

    /**
     * The one at {@code path}.
     *
     * @throws IOException if there is no store
     */
    public static StoreDirectory find(Path path) throws IOException {
        try {
            Files.readAttributes(path.resolve(StoreState.FILES.get(0)), BasicFileAttributes.class);
        } catch (AccessDeniedException e) {
            throw e;
        } catch (FileSystemException e) {
            throw new IOException("there is no snapshot store at " + path, e);
        }
        return new StoreDirectory(path);
    }

    public Path path() {
        return path;
    }

    /** Where a daemon listens for commands. */
    public Path socket() {
        return path.resolve("control");
    }

    /**
     * A place for a store to be thrown away by this process; deletes those of processes that were killed.
     */
    public Path newOverlay() throws IOException {
        try (DirectoryStream<Path> old = Files.newDirectoryStream(path, OVERLAY + "*")) {
            for (Path overlay : old) {
                if (isOurs(overlay)) {
                    deleteOverlay(overlay);
                }
            }
        }
        return path.resolve(OVERLAY + ProcessHandle.current().pid());
    }

    /** Others may be able to write here, and to make a link to what they may not touch. */
    private static boolean isOurs(Path overlay) throws IOException {
        return Files.isDirectory(overlay, LinkOption.NOFOLLOW_LINKS)
                && Files.getAttribute(overlay, "unix:uid", LinkOption.NOFOLLOW_LINKS)
                        .equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
    }

    private static void deleteOverlay(Path overlay) throws IOException {
        try (Closeable lock = new StoreDirectory(overlay).lock();
                DirectoryStream<Path> files = Files.newDirectoryStream(overlay)) {
            Objects.requireNonNull(lock);
            for (Path file : files) {
                Files.delete(file);
            }
        } catch (IOException e) {
            // Somebody is at work there.
            return;
        }
        Files.delete(overlay);
    }

    /** Its files, to be written to by the one who has it locked. */
    public StoreFiles files() {
        return name -> {
            boolean isNew = Files.notExists(path.resolve(name));
            StoreFile file = DiskFile.openWritable(path.resolve(name));
            if (isNew) {
                sync(path);
            }
            return file;
        };
    }

    private static void sync(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /** What the store's metadata says, which somebody else may have open. */
    StoreState load() throws IOException {
        List<StoreFile> files = new ArrayList<>();
        try {
            for (String name : StoreState.FILES) {
                files.add(DiskFile.openReadable(path.resolve(name)));
            }
            return StoreState.load(files)
                    .orElseThrow(() -> new IOException("there is no snapshot store at " + path + ", only the files of"
                            + " one whose making was broken off"));
        } finally {
            for (StoreFile file : files) {
                file.close();
            }
        }
    }

    StoreFile openData() throws IOException {
        return DiskFile.openReadable(path.resolve(SnapshotStore.DATA));
    }

    /** What had been committed when it was asked for, also while a daemon is at work. */
    public StoreInfo info() throws IOException {
        return StoreInfo.of(load());
    }

    /**
     * Locks it, for whoever writes to it.
     *
     * @throws IOException if somebody else has it locked, naming the process
     */
    public Closeable lock() throws IOException {
        Path file = path.resolve("lock");
        Optional<LockedFile> lock = LockedFile.tryLockOrMake(file);
        if (lock.isEmpty()) {
            String owner = Files.readString(file).strip();
            throw new IOException("snapshot store " + path + " is in use"
                    + (owner.isEmpty() ? "" : " by process " + owner) + ": end that first");
        }
        byte[] pid = (ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.US_ASCII);
        try (FileChannel channel = lock.get().open(StandardOpenOption.WRITE)) {
            channel.truncate(0).write(ByteBuffer.wrap(pid), 0);
            return lock.get();
        } catch (IOException e) {
            lock.get().close();
            throw e;
        }
    }

    /** Keeps a snapshot from being deleted until that is closed; nothing if it is being deleted. */
    Optional<LockedFile> hold(int snapshotId) throws IOException {
        return lockHold(snapshotId, true);
    }

    private Optional<LockedFile> lockHold(int snapshotId, boolean shared) throws IOException {
        return LockedFile.tryLockByte(path.resolve("holds"), snapshotId, shared);
    }

    /**
     * Deletes a snapshot that nobody reads.
     *
     * @throws IOException if somebody does, or there is none of that name
     */
    public void delete(SnapshotStore store, String name) throws IOException {
        Snapshot snapshot = Snapshot.find(store.snapshots(), name);
        LockedFile hold = lockHold(snapshot.id(), false)
                .orElseThrow(() -> new IOException("snapshot '" + name + "' is in use: a process serves it with at="
                        + name + ", or exports it; end that first"));
        try (hold) {
            store.delete(name);
        }
    }
}
