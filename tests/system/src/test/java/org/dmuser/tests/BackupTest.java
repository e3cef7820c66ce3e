package org.dmuser.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.dmuser.tests.harness.CliProcess;
import org.dmuser.tests.harness.Loops;
import org.dmuser.tests.harness.Needs;
import org.dmuser.tests.harness.Outcome;
import org.dmuser.tests.harness.Requirement;
import org.dmuser.tests.harness.Running;
import org.dmuser.tests.harness.Sandbox;
import org.dmuser.tests.harness.ServiceRig;
import org.dmuser.tests.harness.SystemTest;
import org.dmuser.tests.harness.Wait;
import org.junit.jupiter.api.Test;

/** A live file system under writers, backed up, lost, and had back. */
@SystemTest
@Needs({Requirement.FUSE, Requirement.LOOP})
class BackupTest {
    private static final int SIZE = 128 << 20;
    private static final int FILES = 60;

    /** Much more than all that changes between two backups. */
    private static final int STILL = 48 << 20;

    /**
     * Writes all the time, and durably, so that there is always something under way; to the same 10 MiB in the end,
     * however often it comes to write.
     */
    private static final String WRITER =
            "i=0; while :; do dd if=/dev/urandom of=\"$0/w$((i % 8))\" bs=64k count=$((i % 20 + 1)) conv=notrunc,fsync"
                    + " status=none; i=$((i + 1)); done";

    @Test
    void shouldRestoreLiveFileSystem(Sandbox sandbox) throws Exception {
        Path origin = sandbox.path("origin");
        Path repository = sandbox.path("repository");
        ServiceRig service = sandbox.serve();
        Path device = service.createUser("disk", SIZE / 512);
        CliProcess daemon = service.attach(
                "disk", "backup", "origin=" + origin, "create=128M", "tracking=" + sandbox.path("disk.tracking"));
        Path loop = Loops.attach(sandbox, device);
        Path mount = sandbox.emptyDirectory("mnt");
        sandbox.program("mkfs.ext4", "-q", loop.toString()).requireSuccess();
        sandbox.program("mount", loop.toString(), mount.toString()).requireSuccess();
        Path tree = makeTree(sandbox, "tree");
        copyDurably(sandbox, tree, mount);
        copyDurably(sandbox, sandbox.randomFile("still", STILL), mount);
        service.run("backup", "init", repository.toString());

        Running writer = sandbox.startProgram("sh", "-c", WRITER, mount.toString());
        String first = create(sandbox, repository, "disk");
        assertTrue(first.contains("\"full_because\""), first);
        Path more = makeTree(sandbox, "more");
        copyDurably(sandbox, more, mount);
        String second = create(sandbox, repository, "disk");
        assertTrue(second.contains("\"base\": \"" + id(first) + "\""), second);
        assertTrue(number(second, "bytes_read") < number(first, "bytes_read"), first + second);

        // The disk is lost, with everybody who has to do with it.
        writer.kill();
        // Once the last program that the writer has started is done.
        Wait.until(
                "unmounted",
                Sandbox.SHORT,
                () -> sandbox.program("umount", mount.toString()).status() == 0);
        Loops.detach(sandbox, loop);
        Files.copy(origin, sandbox.path("last"));
        String third = create(sandbox, repository, "disk");
        daemon.signal("TERM");
        daemon.await(Sandbox.SHORT);
        service.stop();
        Files.delete(origin);

        restoreAndCompare(sandbox, repository, id(third), sandbox.path("last"));
        for (String point : new String[] {id(first), id(second)}) {
            requireTree(sandbox, repository, point, tree);
        }
        requireTree(sandbox, repository, id(second), more);
        sandbox.dmuser("backup", "verify", repository.toString(), "--read-all").requireSuccess();
    }

    private static void restoreAndCompare(Sandbox sandbox, Path repository, String point, Path image) throws Exception {
        Path restored = sandbox.path("restored");
        sandbox.dmuser("backup", "restore", repository.toString(), point, restored.toString())
                .requireSuccess();
        sandbox.program("cmp", image.toString(), restored.toString()).requireSuccess();
    }

    /** Mounts a point at once; the kernel replays the journal, on the overlay. */
    private static void requireTree(Sandbox sandbox, Path repository, String point, Path tree) throws Exception {
        Path directory = sandbox.emptyDirectory("instant-" + point + tree.getFileName());
        Path file = sandbox.path("point-" + point);
        CliProcess instant = sandbox.start(
                        "backup",
                        "mount",
                        repository.toString(),
                        point,
                        file.toString(),
                        "--mount",
                        directory.toString())
                .awaitReady();
        sandbox.program(
                        "diff",
                        "-r",
                        tree.toString(),
                        directory.resolve(tree.getFileName()).toString())
                .requireSuccess();
        Files.writeString(directory.resolve("written"), "to the overlay");
        instant.signal("TERM");
        instant.await(Sandbox.SHORT);
        assertFalse(Files.exists(file), instant.toString());
        assertFalse(Files.exists(sandbox.path(file.getFileName() + ".overlay")), instant.toString());
    }

    private static String create(Sandbox sandbox, Path repository, String where) throws Exception {
        return sandbox.dmuser("backup", "create", repository.toString(), where, "--json")
                .requireSuccess()
                .out();
    }

    private static String id(String json) {
        return json.replaceAll("(?s).*\"point\": \"([0-9a-f]+)\".*", "$1");
    }

    private static long number(String json, String name) {
        return Long.parseLong(json.replaceAll("(?s).*\"" + name + "\": ([0-9]+).*", "$1"));
    }

    private static void copyDurably(Sandbox sandbox, Path tree, Path mount) throws Exception {
        sandbox.program("cp", "--archive", tree.toString(), mount.toString()).requireSuccess();
        sandbox.program("sync", "--file-system", mount.toString()).requireSuccess();
    }

    private static Path makeTree(Sandbox sandbox, String name) throws IOException {
        Path tree = sandbox.emptyDirectory(name);
        for (int i = 0; i < FILES; i++) {
            byte[] bytes = new byte[sandbox.random().nextInt(60_000)];
            sandbox.random().nextBytes(bytes);
            Files.write(tree.resolve("f" + i), bytes);
        }
        return tree;
    }

    @Test
    void shouldKeepOverlayWhenAsked(Sandbox sandbox) throws Exception {
        Path repository = sandbox.path("repository");
        Path image = sandbox.randomFile("image", 3 << 20);
        sandbox.dmuser("backup", "init", repository.toString()).requireSuccess();
        create(sandbox, repository, image.toString());
        Path file = sandbox.path("disk");
        Path data = sandbox.randomFile("data", 100_000);
        Path overlay = sandbox.path("overlay");
        String[] words = {"backup", "mount", repository.toString(), "latest", "" + file, "--overlay", "" + overlay};
        CliProcess first = sandbox.start(words).awaitReady();
        sandbox.program("dd", "if=" + data, "of=" + file, "bs=64k", "seek=3", "conv=notrunc,fsync")
                .requireSuccess();
        first.signal("TERM");
        first.await(Sandbox.SHORT);
        CliProcess second = sandbox.start(words).awaitReady();
        sandbox.program("cmp", "--ignore-initial=" + 3 * 65536 + ":0", "--bytes=100000", "" + file, "" + data)
                .requireSuccess();
        second.signal("TERM");
        second.await(Sandbox.SHORT);
        Files.write(image, new byte[] {1}, StandardOpenOption.WRITE);
        create(sandbox, repository, image.toString());
        sandbox.dmuser(words).requireOneLine("overlay", "restore point");
    }

    @Test
    void shouldGoOnWhenBrokenOff(Sandbox sandbox) throws Exception {
        Path repository = sandbox.path("repository");
        Path image = sandbox.randomFile("image", 40 << 20);
        sandbox.dmuser("backup", "init", repository.toString()).requireSuccess();
        String[] slow = {
            "backup", "create", repository.toString(), image.toString(), "--limit", "128k", "--progress", "json"
        };
        CliProcess interrupted = sandbox.start(slow);
        interrupted.awaitOutput("\"bytes_done\": [1-9]", Sandbox.SHORT);
        interrupted.signal("TERM");
        interrupted.await(Sandbox.SHORT);
        assertTrue(interrupted.err().contains("broken off"), interrupted.toString());

        CliProcess killed = sandbox.start(slow);
        killed.awaitOutput("\"bytes_done\": [1-9]", Sandbox.SHORT);
        // Somebody else has to wait meanwhile.
        Outcome locked = sandbox.dmuser("backup", "create", repository.toString(), image.toString());
        killed.kill();
        locked.requireOneLine("lock");
        assertEquals(4, locked.status(), locked.toString());

        assertEquals(
                "",
                sandbox.dmuser("backup", "list", repository.toString())
                        .requireSuccess()
                        .out());
        String last = create(sandbox, repository, image.toString());
        assertTrue(number(last, "bytes_new") < 40 << 20, last);
        restoreAndCompare(sandbox, repository, "latest", image);
    }

    @Test
    void shouldNameWhatIsDamaged(Sandbox sandbox) throws Exception {
        Path repository = sandbox.path("repository");
        Path image = sandbox.randomFile("image", 2 << 20);
        sandbox.dmuser("backup", "init", repository.toString()).requireSuccess();
        create(sandbox, repository, image.toString());
        Path pack;
        try (var packs = Files.list(repository.resolve("packs"))) {
            pack = packs.findFirst().orElseThrow();
        }
        sandbox.program("dd", "if=/dev/zero", "of=" + pack, "bs=1", "seek=300000", "count=50", "conv=notrunc")
                .requireSuccess();
        Outcome verify = sandbox.dmuser("backup", "verify", repository.toString());
        assertEquals(3, verify.status(), verify.toString());
        assertTrue(verify.err().contains(pack.getFileName().toString()), verify.toString());
        Path target = sandbox.path("restored");
        Outcome restore = sandbox.dmuser("backup", "restore", repository.toString(), "latest", target.toString());
        assertEquals(3, restore.status(), restore.toString());
        assertTrue(restore.err().contains(pack.getFileName().toString()), restore.toString());
        assertFalse(Files.exists(target));
        assertTrue(Files.exists(sandbox.path("restored.partial")));
        Outcome aside = sandbox.dmuser("backup", "verify", repository.toString(), "--set-aside");
        assertEquals(3, aside.status(), aside.toString());
        assertTrue(aside.out().contains("1 pack set aside in " + repository + "/damaged"), aside.toString());
        sandbox.dmuser("backup", "create", repository.toString(), image.toString(), "--full")
                .requireSuccess();
        sandbox.dmuser("backup", "verify", repository.toString()).requireSuccess();
    }
}
