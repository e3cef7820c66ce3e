package org.dmuser.sdk.file;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import org.dmuser.channel.Errno;
import org.dmuser.channel.LinuxFile;
import org.dmuser.sdk.BlockException;

/**
 * Gives back the room that a part of a file takes, makes room beforehand, and says where none is taken: {@code
 * fallocate(2)}, and {@code lseek(2)} with {@code SEEK_DATA}.
 */
public final class FileSpace implements AutoCloseable {
    private final Path path;
    private final int fd;
    private final AtomicBoolean closed = new AtomicBoolean();

    private FileSpace(Path path, int fd) {
        this.path = path;
        this.fd = fd;
    }

    /** Opens a file that is there, or a block device. */
    public static FileSpace open(Path path) throws IOException {
        return of(path, LinuxFile.open(path.toString()));
    }

    /** As {@link #open}, for {@link #isHole} only. */
    public static FileSpace openForReading(Path path) throws IOException {
        return of(path, LinuxFile.openForReading(path.toString()));
    }

    /** @param fd a file descriptor, or a negative error number */
    private static FileSpace of(Path path, int fd) throws IOException {
        if (fd < 0) {
            Errno errno = Errno.of(-fd);
            throw new BlockException(errno, path + ": " + errno.text());
        }
        return new FileSpace(path, fd);
    }

    /**
     * Gives back what the range takes: it reads as zeros from now on. Lasts from the next {@code force} of the file on,
     * as a write does.
     *
     * @throws BlockException of EOPNOTSUPP where the file system, or the device, cannot
     */
    public void punch(long offset, long length) throws IOException {
        require(LinuxFile.punch(fd, offset, length), "a hole of ", offset, length);
    }

    /**
     * Makes sure that there is room for the range, so that a write to it does not fail for want of that. The file
     * becomes as long as that takes; what was not written before reads as zeros.
     *
     * @throws BlockException of ENOSPC where there is no room; then some of it may have been taken
     */
    public void allocate(long offset, long length) throws IOException {
        require(LinuxFile.allocate(fd, offset, length), "room for ", offset, length);
    }

    /**
     * Whether the range takes no room: then it reads as zeros. False where that cannot be said, as of a block device.
     */
    public boolean isHole(long offset, long length) {
        return LinuxFile.isHole(fd, offset, length);
    }

    private void require(Errno errno, String what, long offset, long length) throws IOException {
        if (errno != Errno.OK) {
            throw new BlockException(errno, path + ": " + what + length + " bytes at " + offset + ": " + errno.text());
        }
    }

    /** Nothing else must be under way. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            LinuxFile.close(fd);
        }
    }
}
