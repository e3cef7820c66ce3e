package org.dmuser.sdk.file;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.dmuser.channel.Errno;
import org.dmuser.channel.LinuxFile;
import org.dmuser.sdk.BlockException;

/**
 * A file that is open, and locked until this is closed or the process ends.
 *
 * <p>The lock is one of Linux's open file description locks ({@code F_OFD_SETLK}). Java's, those of POSIX, belong to
 * the process, which loses all it has of a file when it closes any channel to it: that of a second handler in the same
 * JVM that finds the file in use, say, or of somebody who only had a look. Both kinds see each other.
 *
 * <p>A block device is the caller's own besides ({@code O_EXCL}): one that is mounted, or a part of another device,
 * cannot be had, nor be mounted meanwhile.
 */
public final class LockedFile implements Closeable {
    private static final String IN_USE =
            " is in use: it is mounted, part of another device, or another program has it to itself; end that first";

    /** As far as the file will ever go. */
    private static final long TO_THE_END = 0;

    private final int fd;
    private final AtomicBoolean closed = new AtomicBoolean();

    private LockedFile(int fd) {
        this.fd = fd;
    }

    /**
     * Locks a file that is there, or a block device.
     *
     * @return nothing if somebody else has it locked, in this process or another
     * @throws NoSuchFileException if there is none
     * @throws IOException if it cannot be opened for writing; of a block device also if it is mounted
     */
    public static Optional<LockedFile> tryLock(Path path) throws IOException {
        return lock(path, LinuxFile.openExclusively(path.toString()), 0, TO_THE_END, false);
    }

    /** As {@link #tryLock(Path)}, but makes an empty file where there is none. */
    public static Optional<LockedFile> tryLockOrMake(Path path) throws IOException {
        return lock(path, LinuxFile.openOrMake(path.toString()), 0, TO_THE_END, false);
    }

    /**
     * Locks one byte of a file, which need not have it; makes the file if it is not there.
     *
     * @param shared with others that say so, too
     */
    public static Optional<LockedFile> tryLockByte(Path path, long position, boolean shared) throws IOException {
        return lock(path, LinuxFile.openOrMake(path.toString()), position, 1, shared);
    }

    /** @param fd a file descriptor, or a negative error number */
    private static Optional<LockedFile> lock(Path path, int fd, long start, long length, boolean shared)
            throws IOException {
        if (fd < 0) {
            throw notOpened(path, Errno.of(-fd));
        }
        Errno errno = LinuxFile.lock(fd, start, length, shared);
        if (errno == Errno.OK) {
            return Optional.of(new LockedFile(fd));
        }
        LinuxFile.close(fd);
        if (errno == Errno.EAGAIN) {
            return Optional.empty();
        }
        throw new BlockException(errno, path + " cannot be locked: " + errno.text());
    }

    private static IOException notOpened(Path path, Errno errno) {
        return switch (errno) {
            case ENOENT -> new NoSuchFileException(path.toString());
            case EBUSY -> new BlockException(errno, path + IN_USE);
            default -> new BlockException(errno, path + ": " + errno.text());
        };
    }

    /** Opens the file that is locked, wherever it has been moved to; the lock stays when the channel is closed. */
    public FileChannel open(OpenOption... options) throws IOException {
        return FileChannel.open(link(), options);
    }

    /** Whether it is this file that is found at {@code path}: it may have been replaced before it was locked. */
    public boolean isAt(Path path) throws IOException {
        try {
            return Files.isSameFile(link(), path);
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    private Path link() {
        return Path.of("/proc/self/fd/" + fd);
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            LinuxFile.close(fd);
        }
    }
}
