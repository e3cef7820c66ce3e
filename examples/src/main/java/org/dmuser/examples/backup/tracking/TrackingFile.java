package org.dmuser.examples.backup.tracking;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.UUID;
import org.dmuser.sdk.config.ByteSize;
import org.dmuser.sdk.file.BootId;

/**
 * The tracking file of one device, open and locked: whoever has it is the only one who writes to the origin. {@link
 * TrackingLayout} has its bytes, {@link Recovery} says what holds after a crash.
 *
 * <p>A new one is made aside, {@code FILE.new}, with all its space, and renamed when it is complete: one that is there
 * is whole. One that is not, or is damaged, is begun anew: then nothing is known of what changed before. A file that is
 * no tracking file is left alone.
 */
public final class TrackingFile implements AutoCloseable {
    private final Path path;
    private final Path originPath;
    private final FileChannel channel;
    private final Origin opened;
    private final Tracking tracking;
    private final String stale;

    private TrackingFile(Path path, Path originPath, FileChannel channel, Origin origin, Recovery.Opened opened) {
        this.path = path;
        this.originPath = originPath;
        this.channel = channel;
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
        Origin origin = Origin.of(originPath, size);
        try {
            FileChannel channel = FileChannel.open(path, READ, WRITE);
            try {
                return open(path, originPath, origin, channel);
            } catch (IOException | RuntimeException e) {
                channel.close();
                throw e;
            }
        } catch (NoSuchFileException e) {
            return create(path, originPath, origin, "");
        }
    }

    private static TrackingFile open(Path path, Path originPath, Origin origin, FileChannel channel)
            throws IOException {
        lock(path, channel);
        TrackingStart start = TrackingStart.read(path, channel);
        if (!start.isTracking()) {
            throw new IOException(path + " is no tracking file; name another, or delete it if nobody needs it");
        }
        String unusable = unusable(start.header(), origin, channel.size());
        if (!unusable.isEmpty()) {
            TrackingFile created = create(path, originPath, origin, unusable);
            channel.close();
            return created;
        }
        TrackingMemory memory = MappedFile.of(channel);
        OriginPath.write(memory, originPath);
        return new TrackingFile(
                path,
                originPath,
                channel,
                origin,
                Recovery.open(memory, start.header().orElseThrow(), origin, BootId.read()));
    }

    private static TrackingFile create(Path path, Path originPath, Origin origin, String reason) throws IOException {
        Path directory = path.toAbsolutePath().getParent();
        if (!Files.isDirectory(directory)) {
            throw new IOException("tracking file " + path + " cannot be made: there is no directory " + directory);
        }
        Path aside = path.resolveSibling(path.getFileName() + ".new");
        FileChannel channel = FileChannel.open(aside, CREATE, READ, WRITE);
        try {
            lock(path, channel);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
        try {
            Tracking tracking = fill(channel, originPath, origin);
            Files.move(aside, path, StandardCopyOption.ATOMIC_MOVE);
            try (FileChannel made = FileChannel.open(directory, READ)) {
                made.force(true);
            }
            return new TrackingFile(path, originPath, channel, origin, new Recovery.Opened(tracking, reason));
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(aside);
            channel.close();
            throw new IOException("tracking file " + path + " cannot be made: " + e.getMessage(), e);
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

    private static void lock(Path path, FileChannel channel) throws IOException {
        if (!Locks.tryLock(channel)) {
            throw new DeviceInUseException(
                    "tracking file " + path + " is in use: by the daemon of the device, or by a backup of it");
        }
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
        try (channel) {
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
        try (channel) {
            tracking.close(opened);
            return opened.equals(Origin.of(originPath, tracking.size()));
        }
    }

    /** Lets go of the file as a daemon does that dies: its marks stay. */
    public void abandon() throws IOException {
        channel.close();
    }
}
