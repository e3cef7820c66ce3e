package org.dmuser.sdk.file;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import jnr.ffi.LastError;
import jnr.ffi.LibraryLoader;
import jnr.ffi.Runtime;
import jnr.ffi.annotations.IgnoreError;
import jnr.ffi.annotations.SaveError;
import jnr.ffi.types.off_t;
import org.dmuser.channel.Errno;
import org.dmuser.sdk.BlockException;

/**
 * Gives back the room that a part of a file takes, makes room beforehand, and says where none is taken: {@code
 * fallocate(2)}, and {@code lseek(2)} with {@code SEEK_DATA}.
 */
public final class FileSpace implements AutoCloseable {
    private static final LibC LIBC = LibraryLoader.create(LibC.class).load("c");
    private static final Runtime RUNTIME = Runtime.getRuntime(LIBC);

    private static final int O_RDONLY = 0;
    private static final int O_RDWR = 2;
    private static final int O_CLOEXEC = 02000000;

    private static final int SEEK_END = 2;
    private static final int SEEK_DATA = 3;

    private static final int FALLOC_FL_KEEP_SIZE = 1;
    private static final int FALLOC_FL_PUNCH_HOLE = 2;

    private final Path path;
    private final int fd;
    private final AtomicBoolean closed = new AtomicBoolean();

    /** Of glibc, as jnr-ffi binds it. */
    @SuppressWarnings("checkstyle:MethodName")
    public interface LibC {
        @SaveError
        int open(String path, int flags);

        @IgnoreError
        int close(int fd);

        @SaveError
        @off_t
        long lseek(int fd, @off_t long offset, int whence);

        @SaveError
        int fallocate(int fd, int mode, @off_t long offset, @off_t long length);
    }

    private FileSpace(Path path, int fd) {
        this.path = path;
        this.fd = fd;
    }

    /** Opens a file that is there, or a block device. */
    public static FileSpace open(Path path) throws IOException {
        return open(path, O_RDWR);
    }

    /** As {@link #open}, for {@link #isHole} only. */
    public static FileSpace openForReading(Path path) throws IOException {
        return open(path, O_RDONLY);
    }

    private static FileSpace open(Path path, int mode) throws IOException {
        int fd = LIBC.open(path.toString(), mode | O_CLOEXEC);
        if (fd < 0) {
            Errno errno = Errno.of(LastError.getLastError(RUNTIME));
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
        fallocate(FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, offset, length);
    }

    /**
     * Makes sure that there is room for the range, so that a write to it does not fail for want of that. The file
     * becomes as long as that takes; what was not written before reads as zeros.
     *
     * @throws BlockException of ENOSPC where there is no room; then some of it may have been taken
     */
    public void allocate(long offset, long length) throws IOException {
        fallocate(0, offset, length);
    }

    /**
     * Whether the range takes no room: then it reads as zeros. False where that cannot be said, as of a block device.
     */
    public boolean isHole(long offset, long length) {
        long data = LIBC.lseek(fd, offset, SEEK_DATA);
        if (data >= 0) {
            return data >= offset + length;
        }
        // No data from there on; but what is behind the end is no hole.
        return LastError.getLastError(RUNTIME) == Errno.ENXIO.number()
                && LIBC.lseek(fd, 0, SEEK_END) >= offset + length;
    }

    private void fallocate(int mode, long offset, long length) throws IOException {
        int error;
        do {
            error = LIBC.fallocate(fd, mode, offset, length) == 0 ? 0 : LastError.getLastError(RUNTIME);
        } while (error == Errno.EINTR.number());
        if (error != 0) {
            Errno errno = Errno.of(error);
            throw new BlockException(
                    errno,
                    path + ": " + (mode == 0 ? "room for " : "a hole of ") + length + " bytes at " + offset + ": "
                            + errno.text());
        }
    }

    /** Nothing else must be under way. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            LIBC.close(fd);
        }
    }
}
