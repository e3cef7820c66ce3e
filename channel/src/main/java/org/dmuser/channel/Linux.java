package org.dmuser.channel;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Objects;
import jnr.ffi.LibraryLoader;
import jnr.ffi.Runtime;
import jnr.ffi.annotations.IgnoreError;
import jnr.ffi.types.intptr_t;
import jnr.ffi.types.size_t;
import org.agrona.BufferUtil;

/** What a channel needs of the C library that Java has no word for: sleeping on a shared word, and copying. */
final class Linux {
    private static final LibC LIBC = LibraryLoader.create(LibC.class).load("c");
    private static final Runtime RUNTIME = Runtime.getRuntime(LIBC);

    /** Not FUTEX_PRIVATE_FLAG: the word is shared between processes. */
    private static final int FUTEX_WAIT = 0;

    private static final int FUTEX_WAKE = 1;

    private static final long SYS_FUTEX = futexNumber(System.getProperty("os.arch"));

    /** Of glibc, as jnr-ffi binds it. */
    @SuppressWarnings("checkstyle:MethodName")
    public interface LibC {
        @IgnoreError
        long syscall(long number, long address, int operation, int value, long timeout, long unused);

        @IgnoreError
        long memcpy(@intptr_t long destination, @intptr_t long source, @size_t long length);
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
