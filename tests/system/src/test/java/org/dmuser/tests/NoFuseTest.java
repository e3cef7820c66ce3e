package org.dmuser.tests;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import org.dmuser.tests.harness.MountNamespace;
import org.dmuser.tests.harness.Needs;
import org.dmuser.tests.harness.Outcome;
import org.dmuser.tests.harness.Requirement;
import org.dmuser.tests.harness.Running;
import org.dmuser.tests.harness.Sandbox;
import org.dmuser.tests.harness.SystemTest;
import org.junit.jupiter.api.Test;

/** Machines on which nothing can be mounted, made of this one by a mount name space with other devices. */
@SystemTest
@Needs({Requirement.FUSE, Requirement.ROOT})
class NoFuseTest {
    private static final String OTHER_DEVICES = "set -e; mount -t tmpfs tmpfs /dev; mknod -m 666 /dev/null c 1 3;"
            + " mknod -m 666 /dev/random c 1 8; mknod -m 666 /dev/urandom c 1 9;";

    /** A link to nowhere in its place would be seen by the launcher, which installs what is missing. */
    private static final String NO_LIBRARY =
            "for file in /usr/lib/*/libfuse.so.2; do mount --bind /dev/null \"$file\"; done;";

    private static final String NOBODY = "setpriv --reuid=65534 --regid=65534 --clear-groups";

    @Test
    void shouldSayThatThereIsNoDevice(Sandbox sandbox) throws Exception {
        run(sandbox, OTHER_DEVICES, "").requireOneLine("/dev/fuse does not exist");
    }

    @Test
    void shouldSayThatThereIsNoPermission(Sandbox sandbox) throws Exception {
        String launcher = System.getProperty("dmuser.launcher");
        Outcome readable = sandbox.program("sh", "-c", NOBODY + " test -r " + launcher);
        assumeTrue(readable.status() == 0, "needs a checkout that others than root can read");
        Files.setPosixFilePermissions(sandbox.directory(), PosixFilePermissions.fromString("rwxrwxrwx"));
        run(sandbox, OTHER_DEVICES + " mknod -m 600 /dev/fuse c 10 229;", NOBODY)
                .requireOneLine("no permission for /dev/fuse");
    }

    @Test
    void shouldSayThatThereIsNoLibrary(Sandbox sandbox) throws Exception {
        run(sandbox, NO_LIBRARY, "", "--fuse", "jnr").requireOneLine("libfuse");
    }

    @Test
    void shouldDoWithoutTheLibrary(Sandbox sandbox) throws Exception {
        Running run = start(sandbox, NO_LIBRARY, "", "--fuse", "auto");
        run.awaitOutput("Ctrl-C ends it", Sandbox.SHORT);
        run.signal("INT");
        run.await(Sandbox.SHORT).requireSuccess();
    }

    private static Outcome run(Sandbox sandbox, String preparation, String prefix, String... options) throws Exception {
        Outcome outcome = start(sandbox, preparation, prefix, options).await(Sandbox.SHORT);
        assertFalse(Files.exists(sandbox.path("disk")), outcome.toString());
        sandbox.requireNothingLeft();
        return outcome;
    }

    private static Running start(Sandbox sandbox, String preparation, String prefix, String... options)
            throws Exception {
        String command = System.getProperty("dmuser.launcher") + " run pattern --size 1M --at " + sandbox.path("disk")
                + " " + String.join(" ", options);
        return sandbox.startProgram(
                "unshare",
                "--mount",
                "sh",
                "-c",
                MountNamespace.ALONE + preparation + " exec " + prefix + " " + command);
    }
}
