package org.dmuser.tests.harness;

import java.nio.file.Path;
import org.dmuser.shim.os.LibC;

/** Loop devices on devices of ours. */
public final class Loops {
    private Loops() {}

    /** Binds one, with direct I/O. */
    public static Path attach(Sandbox sandbox, Path file) throws Exception {
        Outcome outcome = sandbox.program("losetup", "--find", "--show", "--direct-io=on", file.toString());
        return Path.of(outcome.requireSuccess().out().strip());
    }

    /**
     * Unmounts what is on one, and waits until it is free: a mount name space that was begun meanwhile, by another test
     * say, has a copy of the mount, and as long as that is there the file system is not unmounted.
     */
    public static void unmount(Sandbox sandbox, Path loop, Path directory) throws Exception {
        sandbox.program("umount", directory.toString()).requireSuccess();
        Wait.until(loop + " to be free", Sandbox.SHORT, () -> isFree(loop));
    }

    private static boolean isFree(Path loop) {
        int fd = LibC.instance().open(loop.toString(), LibC.O_RDONLY | LibC.O_EXCL | LibC.O_CLOEXEC, 0);
        return fd >= 0 && LibC.instance().close(fd) == 0;
    }

    /** Lets go of one, and waits until it is gone: whoever looks at new disks may have it open for a moment. */
    public static void detach(Sandbox sandbox, Path loop) throws Exception {
        sandbox.program("losetup", "--detach", loop.toString()).requireSuccess();
        Wait.until(
                loop + " to be unbound",
                Sandbox.SHORT,
                () -> !sandbox.loopDevices().contains(loop.toString()));
    }
}
