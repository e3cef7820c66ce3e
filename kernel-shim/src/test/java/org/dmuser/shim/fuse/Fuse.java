package org.dmuser.shim.fuse;

import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.dmuser.shim.fuse.jnr.JnrFuseTransport;
import org.dmuser.shim.os.LibC;

/** What a test needs of the machine, or it is skipped and says so. */
public final class Fuse {
    private Fuse() {}

    /** Skips the test where nothing can be mounted. */
    public static void assumeAvailable() {
        try {
            MountPoints.checkFuse();
        } catch (MountException e) {
            abort("needs FUSE: " + e.getMessage());
        }
    }

    /** Skips the test where nothing can be mounted by way of libfuse. */
    static void assumeLibrary() {
        assumeAvailable();
        try {
            JnrFuseTransport.checkLibrary();
        } catch (MountException e) {
            abort("needs FUSE: " + e.getMessage());
        }
    }

    /** Skips the test where a process cannot have a mount namespace of its own. */
    static void assumeMountNamespaces() {
        assumeTrue(LibC.instance().getuid() == 0, "needs root to make a mount namespace");
    }

    /** Skips the test where there are no loop devices to be had. */
    static void assumeLoopDevices() {
        assumeTrue(LibC.instance().getuid() == 0, "needs root to set up a loop device");
        assumeTrue(Files.exists(Path.of("/dev/loop-control")), "needs loop devices: no /dev/loop-control");
    }
}
