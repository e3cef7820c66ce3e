package org.dmuser.shim.os;

import jnr.ffi.LibraryLoader;
import jnr.ffi.Pointer;
import jnr.ffi.Runtime;
import org.dmuser.channel.Errno;

/** The functions of the C library used here. -1 is failure; {@link #lastError} says which. */
public interface LibC {
    /** {@code AT_FDCWD}: paths are relative to the working directory. */
    int AT_FDCWD = -100;

    int F_SETFD = 2;
    int FD_CLOEXEC = 1;

    /** {@code O_*} of Linux on x86-64 and AArch64. */
    int O_ACCMODE = 3;

    int O_RDONLY = 0;
    int O_RDWR = 2;
    int O_DSYNC = 0x1000;
    int O_CLOEXEC = 0x80000;

    int MNT_FORCE = 1;
    int MNT_DETACH = 2;
    int UMOUNT_NOFOLLOW = 8;

    /** The binding; loaded at first use. */
    static LibC instance() {
        return Holder.INSTANCE;
    }

    /** What the last failure on this thread was. */
    static Errno lastError() {
        return Errno.of(Runtime.getSystemRuntime().getLastError());
    }

    int open(String path, int flags, int mode);

    int close(int fd);

    int fcntl(int fd, int command, int argument);

    int getuid();

    int getgid();

    int umount2(String path, int flags);

    int statx(int directoryFd, String path, int flags, int mask, Pointer result);

    /** Loads the binding. */
    final class Holder {
        private static final LibC INSTANCE = LibraryLoader.create(LibC.class).load("c");

        private Holder() {}
    }
}
