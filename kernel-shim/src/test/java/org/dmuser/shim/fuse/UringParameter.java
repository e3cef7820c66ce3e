package org.dmuser.shim.fuse;

import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.dmuser.shim.os.LibC;

/** The kernel's switch for FUSE over io_uring, which tests turn on, and back when this process ends. */
public final class UringParameter {
    private static final Path PARAMETER = Path.of("/sys/module/fuse/parameters/enable_uring");
    private static boolean turnedOn;

    private UringParameter() {}

    /** Turns it on, or skips the test where that cannot be. */
    public static synchronized void turnOn() {
        Fuse.assumeAvailable();
        assumeTrue(Files.exists(PARAMETER), "needs a kernel that has FUSE over io_uring (6.14)");
        try {
            if (Files.readString(PARAMETER).startsWith("Y")) {
                return;
            }
            assumeTrue(LibC.instance().getuid() == 0, "needs FUSE over io_uring turned on, or root to do so");
            Files.writeString(PARAMETER, "Y");
        } catch (IOException e) {
            abort("needs FUSE over io_uring, which cannot be turned on: " + e.getMessage());
        }
        if (!turnedOn) {
            turnedOn = true;
            Runtime.getRuntime().addShutdownHook(new Thread(UringParameter::turnOff));
        }
    }

    private static void turnOff() {
        try {
            Files.writeString(PARAMETER, "N");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
