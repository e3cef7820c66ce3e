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
 * The kernel's switch for FUSE over io_uring, which tests turn on. Builds may run side by side, and the switch is the
 * machine's: the last of the processes that need it turns it back.
 */
public final class UringParameter {
    private static final Path PARAMETER = Path.of("/sys/module/fuse/parameters/enable_uring");

    /** Each process that needs the switch has a shared lock on this, which is empty unless one of them turned it on. */
    private static final Path USERS = Path.of("/run/dmuser-test-uring");

    private static FileChannel users;
    private static FileLock use;

    private UringParameter() {}

    /** Turns it on, or skips the test where that cannot be. */
    public static synchronized void turnOn() {
        Fuse.assumeAvailable();
        assumeTrue(Files.exists(PARAMETER), "needs a kernel that has FUSE over io_uring (6.14)");
        try {
            boolean root = LibC.instance().getuid() == 0;
            if (root && users == null) {
                keepOthersFromTurningItOff();
            }
            if (Files.readString(PARAMETER).startsWith("Y")) {
                return;
            }
            assumeTrue(root, "needs FUSE over io_uring turned on, or root to do so");
            users.write(ByteBuffer.wrap(new byte[] {'Y'}), 0);
            Files.writeString(PARAMETER, "Y");
        } catch (IOException e) {
            abort("needs FUSE over io_uring, which cannot be turned on: " + e.getMessage());
        }
    }

    private static void keepOthersFromTurningItOff() throws IOException {
        users = FileChannel.open(USERS, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        use = users.lock(0, Long.MAX_VALUE, true);
        Runtime.getRuntime().addShutdownHook(new Thread(UringParameter::leave));
    }

    private static void leave() {
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
