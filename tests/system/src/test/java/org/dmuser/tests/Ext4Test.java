package org.dmuser.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.dmuser.tests.handlers.Recording;
import org.dmuser.tests.harness.Loops;
import org.dmuser.tests.harness.Needs;
import org.dmuser.tests.harness.Requirement;
import org.dmuser.tests.harness.Sandbox;
import org.dmuser.tests.harness.ServiceRig;
import org.dmuser.tests.harness.SystemTest;
import org.dmuser.tests.harness.Wait;
import org.junit.jupiter.api.Test;

/** A file system's life on a loop device on a device of ours. */
@SystemTest
@Needs({Requirement.FUSE, Requirement.LOOP})
class Ext4Test {
    private static final int FILES = 200;

    @Test
    void shouldHoldFilesAcrossMounts(Sandbox sandbox) throws Exception {
        Path device = device(sandbox, "memory");
        Path loop = Loops.attach(sandbox, device);
        Path mount = sandbox.emptyDirectory("mnt");
        sandbox.program("mkfs.ext4", "-q", loop.toString()).requireSuccess();
        mount(sandbox, loop, mount);
        Path tree = makeTree(sandbox);
        sandbox.program("cp", "--archive", tree.toString(), mount.toString()).requireSuccess();
        Loops.unmount(sandbox, loop, mount);
        sandbox.program("e2fsck", "-fn", loop.toString()).requireSuccess();
        mount(sandbox, loop, mount);
        sandbox.program("diff", "-r", tree.toString(), mount.resolve("tree").toString())
                .requireSuccess();
        Loops.unmount(sandbox, loop, mount);
        Loops.detach(sandbox, loop);
    }

    @Test
    void shouldTellHandlerWhatIsTrimmed(Sandbox sandbox) throws Exception {
        Path log = sandbox.path("log");
        Path device =
                device(sandbox, Recording.class.getName(), "log=" + log, "--classpath", "" + Sandbox.testClasses());
        Path loop = Loops.attach(sandbox, device);
        Path mount = sandbox.emptyDirectory("mnt");
        sandbox.program("mkfs.ext4", "-q", "-E", "nodiscard", loop.toString()).requireSuccess();
        mount(sandbox, loop, mount);
        Path data = sandbox.randomFile("data", 8 << 20);
        sandbox.program("cp", data.toString(), mount.toString()).requireSuccess();
        sandbox.program("sync", "--file-system", mount.toString()).requireSuccess();
        sandbox.program("rm", mount.resolve("data").toString()).requireSuccess();
        sandbox.program("sync", "--file-system", mount.toString()).requireSuccess();
        Files.writeString(log, "");
        // The file system lets go of blocks a moment after it has become durable that they are free.
        Wait.until(() -> "trimmed " + lines(log), Sandbox.SHORT, () -> {
            sandbox.program("fstrim", mount.toString()).requireSuccess();
            return trimmed(log) >= 8 << 20;
        });
        Loops.unmount(sandbox, loop, mount);
        sandbox.program("e2fsck", "-fn", loop.toString()).requireSuccess();
        Loops.detach(sandbox, loop);
    }

    /** A flush comes down from the file system to the handler. */
    @Test
    void shouldFlushHandlerWhenFileSystemIsSynced(Sandbox sandbox) throws Exception {
        Path log = sandbox.path("log");
        Path device =
                device(sandbox, Recording.class.getName(), "log=" + log, "--classpath", "" + Sandbox.testClasses());
        Path loop = Loops.attach(sandbox, device);
        Path mount = sandbox.emptyDirectory("mnt");
        sandbox.program("mkfs.ext4", "-q", loop.toString()).requireSuccess();
        mount(sandbox, loop, mount);
        Files.writeString(log, "");
        sandbox.program("dd", "if=/dev/zero", "of=" + mount.resolve("file"), "bs=4k", "count=1", "conv=fsync")
                .requireSuccess();
        assertTrue(lines(log).stream().anyMatch(line -> line.equals("flush")), lines(log)::toString);
        Loops.unmount(sandbox, loop, mount);
        Loops.detach(sandbox, loop);
    }

    private static Path device(Sandbox sandbox, String... handler) throws Exception {
        ServiceRig service = sandbox.serve();
        Path device = service.createUser("disk", (64 << 20) / 512);
        service.attach("disk", handler);
        return device;
    }

    private static void mount(Sandbox sandbox, Path loop, Path directory) throws Exception {
        sandbox.program("mount", loop.toString(), directory.toString()).requireSuccess();
    }

    private static Path makeTree(Sandbox sandbox) throws IOException {
        Path tree = sandbox.emptyDirectory("tree");
        for (int i = 0; i < FILES; i++) {
            Path directory = Files.createDirectories(tree.resolve("d" + i % 7 + "/e" + i % 3));
            byte[] bytes = new byte[sandbox.random().nextInt(60_000)];
            sandbox.random().nextBytes(bytes);
            Files.write(directory.resolve("f" + i), bytes);
        }
        assertEquals(7, tree.toFile().list().length);
        return tree;
    }

    private static long trimmed(Path log) {
        return lines(log).stream()
                .map(line -> line.split(" "))
                .filter(words -> words[0].equals("discard") || words[0].equals("zero"))
                .mapToLong(words -> Long.parseLong(words[2]))
                .sum();
    }

    private static List<String> lines(Path log) {
        try {
            return Files.readAllLines(log);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
