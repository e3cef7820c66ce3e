package org.dmuser.shim.fuse;

import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.dmuser.shim.os.LibC;

/**
 * The kernel's switch for FUSE over io_uring, which tests turn on. Builds may run side by side: the last of the
 * processes that need it turns it back. They know of each other by a file in {@code /run}, and so only those in one
 * container do, while the switch is the machine's.
 */
public final class UringParameter {
    private static final Path PARAMETER = Path.of("/sys/module/fuse/parameters/enable_uring");

    /** Each process that needs the switch has a shared lock on this, which is empty unless one of them turned it on. */
    private static final Path USERS = Path.of("/run/dmuser-test-uring");

    /** That file, with this process's lock on it; null until it has one. */
    private static FileChannel users;

    private UringParameter() {}

    /**
     * Turns it on, or skips the test where that cannot be. The reason does not say "needs FUSE": where there is
     * {@code /dev/fuse}, {@code bin/check} takes that for a failure.
     */
    public static synchronized void turnOn() {
        Fuse.assumeAvailable();
        assumeTrue(Files.exists(PARAMETER), "needs a kernel that has FUSE over io_uring (6.14)");
        try {
            boolean root = LibC.instance().getuid() == 0;
            assumeTrue(root || isOn(), "needs " + PARAMETER + " turned on, or root to do so");
            if (root) {
                keepOn();
            }
        } catch (IOException e) {
            abort("needs " + PARAMETER + ", which cannot be turned on: " + e);
        }
    }

    private static boolean isOn() throws IOException {
        return Files.readString(PARAMETER).startsWith("Y");
    }

    private static void keepOn() throws IOException {
        try {
            keepOthersFromTurningItOff();
        } catch (IOException e) {
            if (isOn()) {
                // Whoever turned it on is not kept from turning it off, which only a build beside this one would.
                return;
            }
            throw e;
        }
        if (!isOn()) {
            Files.writeString(PARAMETER, "Y");
            users.write(ByteBuffer.wrap(new byte[] {'Y'}), 0);
        }
    }

    private static void keepOthersFromTurningItOff() throws IOException {
        if (users != null) {
            return;
        }
        FileChannel file =
                FileChannel.open(USERS, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            FileLock use = file.lock(0, Long.MAX_VALUE, true);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> leave(use)));
            users = file;
        } finally {
            if (users == null) {
                file.close();
            }
        }
    }

    private static void leave(FileLock use) {
        try (FileChannel file = users) {
            use.release();
            try (FileLock alone = file.tryLock()) {
                if (alone != null && file.size() > 0) {
                    Files.writeString(PARAMETER, "N");
                    file.truncate(0);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
