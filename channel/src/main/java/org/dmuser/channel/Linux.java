package org.dmuser.channel;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Objects;
import jnr.ffi.LastError;
import jnr.ffi.LibraryLoader;
import jnr.ffi.Runtime;
import jnr.ffi.annotations.IgnoreError;
import jnr.ffi.annotations.SaveError;
import jnr.ffi.types.intptr_t;
import jnr.ffi.types.off_t;
import jnr.ffi.types.size_t;
import org.agrona.BufferUtil;

/** The system calls a channel needs that Java has no word for: sleeping on a shared word, and memory on demand. */
final class Linux {
    private static final LibC LIBC = LibraryLoader.create(LibC.class).load("c");
    private static final Runtime RUNTIME = Runtime.getRuntime(LIBC);

    /** Not FUTEX_PRIVATE_FLAG: the word is shared between processes. */
    private static final int FUTEX_WAIT = 0;

    private static final int FUTEX_WAKE = 1;

    private static final int O_RDWR = 2;
    private static final int O_CLOEXEC = 02000000;

    private static final int FALLOC_FL_KEEP_SIZE = 1;
    private static final int FALLOC_FL_PUNCH_HOLE = 2;

    private static final long SYS_FUTEX = futexNumber(System.getProperty("os.arch"));

    /** Of glibc, as jnr-ffi binds it. */
    @SuppressWarnings("checkstyle:MethodName")
    public interface LibC {
        @IgnoreError
        long syscall(long number, long address, int operation, int value, long timeout, long unused);

        @IgnoreError
        long memcpy(@intptr_t long destination, @intptr_t long source, @size_t long length);

        @SaveError
        int open(String path, int flags);

        @IgnoreError
        int close(int fd);

        @SaveError
        int fallocate(int fd, int mode, @off_t long offset, @off_t long length);
    }

    private Linux() {}

    private static long futexNumber(String architecture) {
        return switch (architecture) {
            case "amd64", "x86_64" -> 202;
            case "aarch64", "riscv64" -> 98;
            default -> throw new UnsupportedOperationException("no futex number known for " + architecture);
        };
    }

    /** Does now what the first call would do: bind the calls. */
    static void load() {
        Objects.requireNonNull(RUNTIME);
    }

    /** Sleeps while the word at {@code address} is {@code expected}, until woken, or the timeout, or a signal. */
    static void futexWait(long address, int expected, Timeout timeout) {
        LIBC.syscall(SYS_FUTEX, address, FUTEX_WAIT, expected, timeout.address, 0);
    }

    /** Wakes one that sleeps on the word at {@code address}. */
    static void futexWake(long address) {
        LIBC.syscall(SYS_FUTEX, address, FUTEX_WAKE, 1, 0, 0);
    }

    /** Copies from address to address. */
    static void copy(long source, long destination, long length) {
        LIBC.memcpy(destination, source, length);
    }

    /** Opens for reading and writing; a file descriptor, or a negative error number. */
    static int open(String path) {
        int fd = LIBC.open(path, O_RDWR | O_CLOEXEC);
        return fd >= 0 ? fd : -LastError.getLastError(RUNTIME);
    }

    static void close(int fd) {
        LIBC.close(fd);
    }

    /** Makes sure that the range has memory behind it, so that touching it cannot fail. */
    static Errno allocate(int fd, long offset, long length) {
        return LIBC.fallocate(fd, 0, offset, length) == 0 ? Errno.OK : Errno.of(LastError.getLastError(RUNTIME));
    }

    /**
     * Gives the memory of the range back: it reads as zeros, and whoever writes to it gets new memory, if there is any.
     */
    static void release(int fd, long offset, long length) {
        LIBC.fallocate(fd, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, offset, length);
    }

    /** A {@code struct timespec} in memory of its own. */
    static final class Timeout {
        private static final int NS_PER_SECOND = 1_000_000_000;

        private final ByteBuffer timespec = ByteBuffer.allocateDirect(16).order(ByteOrder.nativeOrder());
        private final long address = BufferUtil.address(timespec);

        void set(long ns) {
            timespec.putLong(0, ns / NS_PER_SECOND).putLong(8, ns % NS_PER_SECOND);
        }
    }
}
