package org.dmuser.channel;

import jnr.ffi.LastError;
import jnr.ffi.LibraryLoader;
import jnr.ffi.Memory;
import jnr.ffi.Pointer;
import jnr.ffi.Runtime;
import jnr.ffi.annotations.IgnoreError;
import jnr.ffi.annotations.SaveError;
import jnr.ffi.types.off_t;

/**
 * The room that files take, by their descriptors, and locks that belong to those: {@code fallocate(2)}, {@code
 * lseek(2)} with {@code SEEK_DATA}, and {@code fcntl(2)} with {@code F_OFD_SETLK}, for which Java has no word. Errors
 * are numbers, for whoever knows what the file is. Any thread.
 */
public final class LinuxFile {
    private static final LibC LIBC = LibraryLoader.create(LibC.class).load("c");
    private static final Runtime RUNTIME = Runtime.getRuntime(LIBC);

    private static final int O_RDONLY = 0;
    private static final int O_RDWR = 2;
    private static final int O_CREAT = 0100;
    private static final int O_EXCL = 0200;
    private static final int O_CLOEXEC = 02000000;

    /** As Java makes files; the process has its umask. */
    private static final int MODE = 0666;

    private static final int SEEK_END = 2;
    private static final int SEEK_DATA = 3;

    private static final int FALLOC_FL_KEEP_SIZE = 1;
    private static final int FALLOC_FL_PUNCH_HOLE = 2;

    private static final int F_OFD_SETLK = 37;
    private static final short F_RDLCK = 0;
    private static final short F_WRLCK = 1;

    /** {@code struct flock}: type (2), whence (2), 4 to spare, start (8), length (8), process id (4), 4 to spare. */
    private static final int FLOCK_SIZE = 32;

    private static final int FLOCK_START = 8;
    private static final int FLOCK_LENGTH = 16;

    /** Of glibc, as jnr-ffi binds it. */
    @SuppressWarnings("checkstyle:MethodName")
    public interface LibC {
        @SaveError
        int open(String path, int flags, int mode);

        @IgnoreError
        int close(int fd);

        @SaveError
        @off_t
        long lseek(int fd, @off_t long offset, int whence);

        @SaveError
        int fallocate(int fd, int mode, @off_t long offset, @off_t long length);

        @SaveError
        int fcntl(int fd, int command, Pointer argument);
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

    /**
     * As {@link #open}; a block device is then the caller's own: EBUSY of one that is mounted, or somebody else's own.
     */
    public static int openExclusively(String path) {
        return open(path, O_RDWR | O_EXCL);
    }

    /** As {@link #open}; makes an empty file where there is none. */
    public static int openOrMake(String path) {
        return open(path, O_RDWR | O_CREAT);
    }

    private static int open(String path, int flags) {
        int fd = LIBC.open(path, flags | O_CLOEXEC, MODE);
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

    /**
     * Locks a range, which the file need not have, for as long as the descriptor is open; does not wait.
     *
     * @param length 0 for all from {@code offset} on
     * @return EAGAIN if another descriptor, of this process or another, has a lock in the way
     */
    public static Errno lock(int fd, long offset, long length, boolean shared) {
        Pointer flock = Memory.allocateDirect(RUNTIME, FLOCK_SIZE, true);
        flock.putShort(0, shared ? F_RDLCK : F_WRLCK);
        flock.putLong(FLOCK_START, offset);
        flock.putLong(FLOCK_LENGTH, length);
        if (LIBC.fcntl(fd, F_OFD_SETLK, flock) == 0) {
            return Errno.OK;
        }
        Errno errno = Errno.of(LastError.getLastError(RUNTIME));
        return errno == Errno.EACCES ? Errno.EAGAIN : errno;
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
