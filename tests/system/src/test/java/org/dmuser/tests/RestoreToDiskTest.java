package org.dmuser.tests;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.dmuser.tests.handlers.Cached;
import org.dmuser.tests.harness.CliProcess;
import org.dmuser.tests.harness.Loops;
import org.dmuser.tests.harness.Needs;
import org.dmuser.tests.harness.Outcome;
import org.dmuser.tests.harness.Requirement;
import org.dmuser.tests.harness.Sandbox;
import org.dmuser.tests.harness.SystemTest;
import org.junit.jupiter.api.Test;

/** Restores onto disks that are there: what they must not touch, and what has to be on them afterwards. */
@SystemTest
@Needs(Requirement.LOOP)
class RestoreToDiskTest {
    private static final int CHUNK = 256 * 1024;
    private static final int SIZE = 64 * CHUNK;

    @Test
    void shouldNotOverwriteTheDiskBelowAMountedLoopDevice(Sandbox sandbox) throws Exception {
        Path image = sandbox.randomFile("image", SIZE);
        Path repository = backUp(sandbox, image);
        Path disk = Files.write(sandbox.path("disk"), new byte[SIZE]);
        // Without direct I/O, which not every file system has.
        Outcome attached = sandbox.program("losetup", "--find", "--show", disk.toString());
        Path loop = Path.of(attached.requireSuccess().out().strip());
        Path mount = sandbox.emptyDirectory("mnt");
        sandbox.program("mkfs.ext4", "-q", loop.toString()).requireSuccess();
        // It is in use all the same, and nobody else writes to the disk.
        sandbox.program("mount", "-o", "ro", loop.toString(), mount.toString()).requireSuccess();
        byte[] before = Files.readAllBytes(disk);

        restore(sandbox, repository, disk).requireOneLine(disk + " is the disk below " + loop + ", which is mounted");
        restore(sandbox, repository, loop).requireOneLine(loop + " is mounted on " + mount);
        assertArrayEquals(before, Files.readAllBytes(disk));

        Loops.unmount(sandbox, loop, mount);
        Loops.detach(sandbox, loop);
        restore(sandbox, repository, disk).requireSuccess();
        assertEquals(-1, Files.mismatch(image, disk));
    }

    @Test
    @Needs(Requirement.FUSE)
    void shouldMakeDurableWhatCouldBeRestoredThoughThereIsDamage(Sandbox sandbox) throws Exception {
        Path image = sandbox.randomFile("image", SIZE);
        Path repository = backUp(sandbox, image);
        damageAPack(sandbox, repository);
        Path durable = sandbox.path("durable");
        Path disk = sandbox.path("disk");
        CliProcess run = sandbox.start(
                        "run",
                        Cached.class.getName(),
                        "durable=" + durable,
                        "--classpath",
                        Sandbox.testClasses().toString(),
                        "--size",
                        SIZE + "",
                        "--at",
                        disk.toString())
                .awaitReady();
        Path loop = Loops.attach(sandbox, disk);

        Outcome restore = restore(sandbox, repository, loop);

        assertEquals(3, restore.status(), restore.toString());
        long damaged = Long.parseLong(restore.out().replaceAll("(?s).*\"bytes_damaged\": ([0-9]+).*", "$1"));
        assertTrue(damaged > 0 && damaged < SIZE, restore.toString());
        // A loss of power now would leave all but what is damaged.
        assertEquals(SIZE - damaged, sameBytes(Files.readAllBytes(image), Files.readAllBytes(durable)));
        Loops.detach(sandbox, loop);
        run.signal("INT");
        run.await(Sandbox.SHORT).requireSuccess();
    }

    private static Path backUp(Sandbox sandbox, Path image) throws Exception {
        Path repository = sandbox.path("repository");
        sandbox.dmuser("backup", "init", repository.toString()).requireSuccess();
        sandbox.dmuser("backup", "create", repository.toString(), image.toString())
                .requireSuccess();
        return repository;
    }

    private static Outcome restore(Sandbox sandbox, Path repository, Path disk) throws Exception {
        return sandbox.dmuser(
                "backup", "restore", repository.toString(), "latest", disk.toString(), "--overwrite", "--json");
    }

    /** Of the chunks in one, so that some of the image is lost and most is not. */
    private static void damageAPack(Sandbox sandbox, Path repository) throws Exception {
        try (Stream<Path> packs = Files.list(repository.resolve("packs"))) {
            Path pack = packs.findFirst().orElseThrow();
            sandbox.program("dd", "if=/dev/zero", "of=" + pack, "bs=1", "seek=300000", "count=50", "conv=notrunc")
                    .requireSuccess();
        }
    }

    /** In whole chunks. */
    private static long sameBytes(byte[] image, byte[] disk) {
        long same = 0;
        for (int at = 0; at < SIZE; at += CHUNK) {
            same += Arrays.equals(image, at, at + CHUNK, disk, at, at + CHUNK) ? CHUNK : 0;
        }
        return same;
    }
}
