package org.dmuser.tests.harness;

import java.nio.file.Path;

/** Loop devices on devices of ours. */
public final class Loops {
    private Loops() {}

    /** Binds one, with direct I/O. */
    public static Path attach(Sandbox sandbox, Path file) throws Exception {
        Outcome outcome = sandbox.program("losetup", "--find", "--show", "--direct-io=on", file.toString());
        return Path.of(outcome.requireSuccess().out().strip());
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
