package org.dmuser.channel;

import jnr.ffi.LastError;
import jnr.ffi.LibraryLoader;
import jnr.ffi.Runtime;
import jnr.ffi.annotations.IgnoreError;
import jnr.ffi.annotations.SaveError;
import jnr.ffi.types.off_t;

/**
 * The room that files take, by their descriptors: {@code fallocate(2)}, and {@code lseek(2)} with {@code SEEK_DATA},
 * for which Java has no word. Errors are numbers, for whoever knows what the file is. Any thread.
 */
public final class LinuxFile {
    private static final LibC LIBC = LibraryLoader.create(LibC.class).load("c");
    private static final Runtime RUNTIME = Runtime.getRuntime(LIBC);

    private static final int O_RDONLY = 0;
    private static final int O_RDWR = 2;
    private static final int O_CLOEXEC = 02000000;

    private static final int SEEK_END = 2;
    private static final int SEEK_DATA = 3;

    private static final int FALLOC_FL_KEEP_SIZE = 1;
    private static final int FALLOC_FL_PUNCH_HOLE = 2;

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

    private LinuxFile() {}

    /** Opens for reading and writing; a file descriptor, or a negative error number. */
    public static int open(String path) {
        return open(path, O_RDWR);
    }

    /** Opens for reading; a file descriptor, or a negative error number. */
    public static int openForReading(String path) {
        return open(path, O_RDONLY);
    }

    private static int open(String path, int mode) {
        int fd = LIBC.open(path, mode | O_CLOEXEC);
        return fd >= 0 ? fd : -LastError.getLastError(RUNTIME);
    }

    public static void close(int fd) {
        LIBC.close(fd);
    }

    /** Makes sure that there is room for the range; a file that ends before it becomes longer. */
    public static Errno allocate(int fd, long offset, long length) {
        return fallocate(fd, 0, offset, length);
    }

    /** Gives back what the range takes: it reads as zeros, and whoever writes to it gets new room, if there is any. */
    public static Errno punch(int fd, long offset, long length) {
        return fallocate(fd, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, offset, length);
    }

    private static Errno fallocate(int fd, int mode, long offset, long length) {
        int error;
        do {
            error = LIBC.fallocate(fd, mode, offset, length) == 0 ? 0 : LastError.getLastError(RUNTIME);
        } while (error == Errno.EINTR.number());
        return Errno.of(error);
    }

    /** Whether the range takes no room; false where that cannot be said, as of a block device. */
    public static boolean isHole(int fd, long offset, long length) {
        long data = LIBC.lseek(fd, offset, SEEK_DATA);
        if (data >= 0) {
            return data >= offset + length;
        }
        // No data from there on; but what is behind the end is no hole.
        return LastError.getLastError(RUNTIME) == Errno.ENXIO.number()
                && LIBC.lseek(fd, 0, SEEK_END) >= offset + length;
    }
}
