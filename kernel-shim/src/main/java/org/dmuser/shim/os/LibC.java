package org.dmuser.shim.os;

import jnr.ffi.LibraryLoader;
import jnr.ffi.Pointer;
import jnr.ffi.Runtime;
import jnr.ffi.annotations.In;
import jnr.ffi.annotations.Out;
import jnr.ffi.types.intptr_t;
import jnr.ffi.types.off_t;
import jnr.ffi.types.size_t;
import jnr.ffi.types.ssize_t;
import org.dmuser.channel.Errno;

/** The functions of the C library used here. -1 is failure; {@link #lastError} says which. */
public interface LibC {
    /** {@code AT_FDCWD}: paths are relative to the working directory. */
    int AT_FDCWD = -100;

    int F_SETFD = 2;
    int F_SETFL = 4;
    int FD_CLOEXEC = 1;

    /** {@code O_*} of Linux on x86-64 and AArch64. */
    int O_ACCMODE = 3;

    int O_RDONLY = 0;
    int O_RDWR = 2;
    int O_EXCL = 0x80;
    int O_APPEND = 0x400;
    int O_NONBLOCK = 0x800;
    int O_DSYNC = 0x1000;
    int O_CLOEXEC = 0x80000;

    int PRIO_PROCESS = 0;

    int SIGINT = 2;

    /** What the kernel does with a signal that nobody handles. */
    long SIG_DFL = 0;

    long SIG_IGN = 1;

    int PROT_READ = 1;
    int PROT_WRITE = 2;
    int MAP_SHARED = 1;
    int MAP_FIXED = 0x10;
    int MAP_POPULATE = 0x8000;
    int MADV_REMOVE = 9;
    int MFD_CLOEXEC = 1;
    int EFD_CLOEXEC = 0x80000;

    int MS_RDONLY = 1;
    int MS_NOSUID = 2;
    int MS_NODEV = 4;

    int MNT_FORCE = 1;
    int MNT_DETACH = 2;
    int MNT_EXPIRE = 4;
    int UMOUNT_NOFOLLOW = 8;

    /** The binding; loaded at first use. */
    static LibC instance() {
        return Holder.INSTANCE;
    }

    /** What the last failure on this thread was. */
    static Errno lastError() {
        return Errno.of(lastErrorNumber());
    }

    /** The same as a positive number, for errors that {@link Errno} does not list. */
    static int lastErrorNumber() {
        return Runtime.getSystemRuntime().getLastError();
    }

    int open(String path, int flags, int mode);

    int close(int fd);

    int fcntl(int fd, int command, int argument);

    int ioctl(int fd, @size_t long request, @intptr_t long argument);

    /** Reads into the {@code count} parts that the {@code struct iovec}s at {@code vector} name. */
    @ssize_t
    long readv(int fd, @intptr_t long vector, int count);

    /** Writes the {@code count} parts that the {@code struct iovec}s at {@code vector} name. */
    @ssize_t
    long writev(int fd, @intptr_t long vector, int count);

    /** Waits for one of {@code count} {@code struct pollfd}s at {@code descriptors}. */
    int poll(@intptr_t long descriptors, @size_t long count, int timeoutMs);

    /**
     * Maps a file, or memory; -1 is failure.
     *
     * @param unused 0: the function has none, but jffi spoils the last of six numbers
     */
    @intptr_t
    long mmap(
            @intptr_t long address,
            @size_t long length,
            int protection,
            int flags,
            int fd,
            @intptr_t long offset,
            int unused);

    int munmap(@intptr_t long address, @size_t long length);

    /** Which pages of a range are in memory: a byte for each at {@code vector}. */
    int mincore(@intptr_t long address, @size_t long length, @intptr_t long vector);

    int madvise(@intptr_t long address, @size_t long length, int advice);

    /** A file that is memory, and has no name. */
    int memfd_create(String name, int flags);

    int ftruncate(int fd, @off_t long length);

    int eventfd(int value, int flags);

    int sched_getcpu();

    int sched_getaffinity(int thread, @size_t long size, @intptr_t long mask);

    int sched_setaffinity(int thread, @size_t long size, @intptr_t long mask);

    /** A system call without a function of its own, of four arguments or fewer. */
    long syscall(long number, long first, long second, long third, long fourth);

    @ssize_t
    long write(int fd, @intptr_t long address, @size_t long length);

    @ssize_t
    long read(int fd, @Out byte[] bytes, @size_t long size);

    int socketpair(int domain, int type, int protocol, @Out int[] pair);

    @ssize_t
    long recvmsg(int fd, @intptr_t long message, int flags);

    int pipe2(@Out int[] pair, int flags);

    /** -1 is an answer like any other. */
    int getpriority(int which, int who);

    /** Linux has a priority for each thread, whatever POSIX says: {@code who} is the number of one. */
    int setpriority(int which, int who, int priority);

    /** Sets what is done with a signal, in the whole process; answers what was before. */
    @intptr_t
    long signal(int number, @intptr_t long handler);

    int getuid();

    int getgid();

    int mount(String source, String target, String type, @size_t long flags, String data);

    int umount2(String path, int flags);

    int statx(int directoryFd, String path, int flags, int mask, Pointer result);

    /** Answers an error number instead of setting it, as do the three below. */
    int posix_spawnp(
            @Out int[] pid,
            String file,
            Pointer actions,
            Pointer attributes,
            @In String[] arguments,
            @In String[] environment);

    int posix_spawn_file_actions_init(Pointer actions);

    int posix_spawn_file_actions_adddup2(Pointer actions, int fd, int newFd);

    int posix_spawn_file_actions_destroy(Pointer actions);

    int waitpid(int pid, @Out int[] status, int options);

    /** Loads the binding. */
    final class Holder {
        private static final LibC INSTANCE = LibraryLoader.create(LibC.class).load("c");

        private Holder() {}
    }
}
