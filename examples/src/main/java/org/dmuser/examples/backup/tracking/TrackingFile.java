package org.dmuser.examples.backup.tracking;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.UUID;
import org.dmuser.sdk.config.ByteSize;
import org.dmuser.sdk.file.BootId;
import org.dmuser.sdk.file.LockedFile;

/**
 * The tracking file of one device, open and locked: whoever has it is the only one who writes to the origin. {@link
 * TrackingLayout} has its bytes, {@link Recovery} says what holds after a crash.
 *
 * <p>A new one is made aside, {@code FILE.new}, with all its space, and renamed when it is complete: one that is there
 * is whole, or empty. One that is empty, or damaged, is begun anew: then nothing is known of what changed before. A
 * file that is no tracking file is left alone.
 *
 * <p>Whoever replaces the file has the lock of the one that is replaced, and of the new one before that has the name.
 * So one that is locked, and still has the name, stays there; where there is no file, an empty one is made for that.
 */
public final class TrackingFile implements AutoCloseable {
    private final Path path;
    private final Path originPath;
    private final LockedFile lock;
    private final Origin opened;
    private final Tracking tracking;
    private final String stale;

    private TrackingFile(Path path, Path originPath, LockedFile lock, Origin origin, Recovery.Opened opened) {
        this.path = path;
        this.originPath = originPath;
        this.lock = lock;
        this.opened = origin;
        this.tracking = opened.tracking();
        this.stale = opened.stale();
    }

    /**
     * Opens the tracking file of an origin; makes it if it is not there.
     *
     * @param size of the origin, in bytes
     * @throws IOException if another daemon has it, it is something else, or there is no room for it
     */
    public static TrackingFile open(Path path, Path originPath, long size) throws IOException {
        if (size > TrackingLayout.SIZE_MAX) {
            throw new IOException("origin " + originPath + " has " + ByteSize.format(size) + ", and "
                    + ByteSize.format(TrackingLayout.SIZE_MAX) + " at most can be tracked");
        }
        Path directory = path.toAbsolutePath().getParent();
        if (!Files.isDirectory(directory)) {
            throw new IOException("tracking file " + path + " cannot be made: there is no directory " + directory);
        }
        Origin origin = Origin.of(originPath, size);
        LockedFile lock = lock(path);
        try {
            return open(path, originPath, origin, lock);
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    private static LockedFile lock(Path path) throws IOException {
        while (true) {
            LockedFile lock = LockedFile.tryLockOrMake(path)
                    .orElseThrow(() -> new DeviceInUseException(
                            "tracking file " + path + " is in use: by the daemon of the device, or by a backup of it"));
            if (lock.isAt(path)) {
                return lock;
            }
            // It was replaced before it was locked.
            lock.close();
        }
    }

    private static TrackingFile open(Path path, Path originPath, Origin origin, LockedFile lock) throws IOException {
        try (FileChannel channel = lock.open(READ, WRITE)) {
            if (channel.size() == 0) {
                return create(path, originPath, origin, "", lock);
            }
            TrackingStart start = TrackingStart.read(path, channel);
            if (!start.isTracking()) {
                throw new IOException(path + " is no tracking file; name another, or delete it if nobody needs it");
            }
            String unusable = unusable(start.header(), origin, channel.size());
            if (!unusable.isEmpty()) {
                return create(path, originPath, origin, unusable, lock);
            }
            TrackingMemory memory = MappedFile.of(channel);
            OriginPath.write(memory, originPath);
            return new TrackingFile(
                    path,
                    originPath,
                    lock,
                    origin,
                    Recovery.open(memory, start.header().orElseThrow(), origin, BootId.read()));
        }
    }

    /** @param old the lock of the one that is replaced; closed if this does not fail */
    private static TrackingFile create(Path path, Path originPath, Origin origin, String reason, LockedFile old)
            throws IOException {
        Path aside = path.resolveSibling(path.getFileName() + ".new");
        try (FileChannel channel = openNew(aside)) {
            Tracking tracking = fill(channel, originPath, origin);
            LockedFile lock = LockedFile.tryLock(aside)
                    .orElseThrow(() -> new DeviceInUseException(aside + " is in use: somebody else has locked it"));
            try {
                replace(path, aside);
            } catch (IOException e) {
                lock.close();
                throw e;
            }
            old.close();
            return new TrackingFile(path, originPath, lock, origin, new Recovery.Opened(tracking, reason));
        } catch (IOException | RuntimeException e) {
            if (Files.isRegularFile(aside, NOFOLLOW_LINKS)) {
                Files.delete(aside);
            }
            deleteIfEmpty(path);
            throw new IOException("tracking file " + path + " cannot be made: " + e.getMessage(), e);
        }
    }

    /** What may be there is of somebody who was killed: it is nobody's without the old one's lock. */
    private static FileChannel openNew(Path aside) throws IOException {
        Files.deleteIfExists(aside);
        return FileChannel.open(aside, CREATE_NEW, READ, WRITE);
    }

    private static void replace(Path path, Path aside) throws IOException {
        Files.move(aside, path, StandardCopyOption.ATOMIC_MOVE);
        try (FileChannel directory = FileChannel.open(path.toAbsolutePath().getParent(), READ)) {
            directory.force(true);
        }
    }

    private static void deleteIfEmpty(Path path) throws IOException {
        if (Files.size(path) == 0) {
            Files.delete(path);
        }
    }

    private static Tracking fill(FileChannel channel, Path originPath, Origin origin) throws IOException {
        TrackingMemory memory = MappedFile.ofZeros(channel, new TrackingLayout(origin.size()).length());
        OriginPath.write(memory, originPath);
        OriginNote.write(memory, origin);
        TrackingHeader header = new TrackingHeader(false, 1, origin.size(), UUID.randomUUID(), BootId.read());
        Tracking tracking = Recovery.open(memory, header, origin, BootId.read()).tracking();
        channel.force(true);
        return tracking;
    }

    /** Why the file has to be begun anew; empty if not. */
    private static String unusable(Optional<TrackingHeader> header, Origin origin, long length) {
        if (header.isEmpty()) {
            return "the tracking file was damaged";
        }
        long size = header.get().size();
        if (size != origin.size()) {
            return "the origin has " + ByteSize.format(origin.size()) + " and had " + ByteSize.format(size);
        }
        return length == new TrackingLayout(size).length() ? "" : "the tracking file was cut off";
    }

    public Tracking tracking() {
        return tracking;
    }

    /** Why nothing is known of what changed before it was opened; empty if it is. */
    public String stale() {
        return stale;
    }

    public Path path() {
        return path;
    }

    public Path originPath() {
        return originPath;
    }

    /** Looks at the origin and notes what it sees. */
    public void note() throws IOException {
        tracking.note(Origin.of(originPath, tracking.size()));
    }

    /**
     * Notes that all is well, and lets go of the file. No write is under way, and the origin was synced.
     */
    @Override
    public void close() throws IOException {
        try (lock) {
            tracking.close(Origin.of(originPath, tracking.size()));
        }
    }

    /**
     * As {@link #close}, for one who has written nothing: the note stays as it was, so that whoever opens the file next
     * finds out, too, if somebody else has written.
     *
     * @return whether the origin looks as it did
     */
    public boolean closeUnwritten() throws IOException {
        try (lock) {
            tracking.close(opened);
            return opened.equals(Origin.of(originPath, tracking.size()));
        }
    }

    /** Lets go of the file as a daemon does that dies: its marks stay. */
    public void abandon() {
        lock.close();
    }
}
