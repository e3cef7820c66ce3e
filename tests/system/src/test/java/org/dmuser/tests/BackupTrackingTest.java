package org.dmuser.tests;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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

/** The handler {@code backup} in a daemon that is killed under load, and what is known of its device then. */
@SystemTest
@Needs(Requirement.FUSE)
class BackupTrackingTest {
    private static final int SIZE = 32 << 20;
    private static final int BLOCK = 64 << 10;
    /** In the tracking file. */
    private static final int NOTE = 1024;

    private static final int NOTE_LENGTH = 1024;

    @Test
    void shouldKnowWhatChangedWhenItsDaemonWasKilled(Sandbox sandbox) throws Exception {
        ServiceRig service = sandbox.serve();
        Path device = service.createUser("disk", SIZE / 512);
        Path origin = sandbox.randomFile("disk.img", SIZE);
        byte[] image = Files.readAllBytes(origin);
        Path tracking = sandbox.path("disk.tracking");
        String repository = sandbox.path("repository").toString();
        service.run("backup", "init", repository);
        CliProcess daemon =
                service.attach("disk", "backup", "origin=" + origin, "tracking=" + tracking, "--channels", "2");
        service.run("backup", "create", repository, "disk");
        byte[] noted = note(tracking);
        Running writer = sandbox.startProgram(
                "sh",
                "-c",
                "while dd if=/dev/urandom of=" + device + " bs=8k seek=1000 count=400 conv=notrunc; do :; done");
        // A daemon that dies within half a second of the first write after a long pause has not, and all is compared.
        Wait.until("it is noted", Sandbox.SHORT, () -> !Arrays.equals(noted, note(tracking)));
        do {
            daemon.signal("CONT");
            Wait.moment(Duration.ofMillis(sandbox.random().nextInt(300)));
            daemon.stop();
            // Nor has one that came to write, and for seconds not to note that, as it had no processor.
        } while (!isNoted(tracking, origin));
        daemon.kill();
        writer.kill();
        byte[] now = Files.readAllBytes(origin);
        String status = service.run("backup", "status", tracking.toString(), "--json");
        assertTrue(status.contains("\"closed_well\": false"), status);
        long reported = changed(status);
        long different = different(image, now);
        assertTrue(different > 0, "there was no load");
        assertTrue(
                reported >= different && reported < SIZE / 2,
                reported + " bytes are reported, and " + different + " differ");
        // Without a daemon, and only what has changed.
        String made = service.run("backup", "create", repository, tracking.toString(), "--name", "disk");
        assertFalse(made.contains("full comparison"), made);
        Path target = sandbox.path("restored.img");
        service.run("backup", "restore", repository, "latest", target.toString());
        assertArrayEquals(now, Files.readAllBytes(target));
    }

    @Test
    @Needs(Requirement.LOOP)
    void shouldNotServeADeviceThatIsMounted(Sandbox sandbox) throws Exception {
        Path image = sandbox.randomFile("disk.img", SIZE);
        sandbox.program("mkfs.ext4", "-q", "-F", image.toString()).requireSuccess();
        Path loop = Loops.attach(sandbox, image);
        String[] serve = {"run", "backup", "origin=" + loop, "tracking=disk.tracking", "--at", "disk"};
        Path directory = sandbox.emptyDirectory("mounted");
        sandbox.program("mount", loop.toString(), directory.toString()).requireSuccess();
        try {
            sandbox.dmuser(serve).requireOneLine(loop + " is in use: it is mounted");
        } finally {
            Loops.unmount(sandbox, loop, directory);
        }
        CliProcess daemon = sandbox.start(serve).awaitReady();
        String refused =
                sandbox.program("mount", loop.toString(), directory.toString()).err();
        assertTrue(refused.contains("busy"), refused);
        daemon.signal("INT");
        daemon.await(Sandbox.SHORT).requireSuccess();
        Loops.detach(sandbox, loop);
    }

    @Test
    @Needs(Requirement.LOOP)
    void shouldNoticeABlockDeviceThatWasWrittenToPastItsDaemon(Sandbox sandbox) throws Exception {
        Path loop = Loops.attach(sandbox, sandbox.randomFile("disk.img", SIZE));
        Path tracking = sandbox.path("disk.tracking");
        String repository = sandbox.path("repository").toString();
        sandbox.dmuser("backup", "init", repository).requireSuccess();
        CliProcess daemon = sandbox.start("run", "backup", "origin=" + loop, "tracking=" + tracking, "--at", "disk")
                .awaitReady();
        daemon.signal("INT");
        daemon.await(Sandbox.SHORT).requireSuccess();
        String[] create = {"backup", "create", repository, tracking.toString()};
        sandbox.dmuser(create).requireSuccess();
        // Nobody has written, and the kernel says so.
        String unchanged = sandbox.dmuser(create).requireSuccess().out();
        assertTrue(unchanged.contains(" 0 bytes read"), unchanged);
        byte[] written = new byte[BLOCK];
        sandbox.random().nextBytes(written);
        try (FileChannel device = FileChannel.open(loop, StandardOpenOption.WRITE)) {
            device.write(ByteBuffer.wrap(written), 5 * BLOCK);
            device.force(false);
        }
        Outcome made = sandbox.dmuser(create).requireSuccess();
        assertTrue((made.out() + made.err()).contains("was written to while nobody tracked it"), made.toString());
        Path target = sandbox.path("restored.img");
        sandbox.dmuser("backup", "restore", repository, "latest", target.toString())
                .requireSuccess();
        byte[] restored = Files.readAllBytes(target);
        assertArrayEquals(written, Arrays.copyOfRange(restored, 5 * BLOCK, 6 * BLOCK));
        Loops.detach(sandbox, loop);
    }

    /** Whether the origin was written to within a second of what the note says, which is the newer one of two slots. */
    private static boolean isNoted(Path tracking, Path origin) throws Exception {
        ByteBuffer note = ByteBuffer.wrap(note(tracking)).order(ByteOrder.LITTLE_ENDIAN);
        int slot = note.getLong(8) > note.getLong(520) ? 0 : 512;
        Instant noted = Instant.ofEpochSecond(note.getLong(slot + 32), note.getInt(slot + 40));
        return Files.getLastModifiedTime(origin).toInstant().isBefore(noted.plusSeconds(1));
    }

    /** What the tracking file says of when the origin was last written to. */
    private static byte[] note(Path tracking) throws Exception {
        try (InputStream in = Files.newInputStream(tracking)) {
            in.skipNBytes(NOTE);
            return in.readNBytes(NOTE_LENGTH);
        }
    }

    private static long changed(String json) {
        Matcher matcher = Pattern.compile("\"bytes_changed\": (\\d+)").matcher(json);
        assertTrue(matcher.find(), json);
        return Long.parseLong(matcher.group(1));
    }

    private static long different(byte[] before, byte[] now) {
        long different = 0;
        for (int at = 0; at < SIZE; at += BLOCK) {
            different += Arrays.equals(before, at, at + BLOCK, now, at, at + BLOCK) ? 0 : BLOCK;
        }
        return different;
    }

    @Test
    void shouldSayWhoHasTheDevice(Sandbox sandbox) throws Exception {
        Path origin = sandbox.randomFile("disk.img", 1 << 20);
        String tracking = sandbox.path("disk.tracking").toString();
        CliProcess run = sandbox.start(
                "run",
                "backup",
                "origin=" + origin,
                "tracking=" + tracking,
                "--at",
                sandbox.path("a").toString());
        run.awaitReady();
        sandbox.dmuser(
                        "run",
                        "backup",
                        "origin=" + origin,
                        "tracking=" + tracking + "2",
                        "--at",
                        sandbox.path("b") + "")
                .requireOneLine("origin " + origin + " is in use by another daemon: end that first");
        Outcome status = sandbox.dmuser("backup", "status", tracking).requireSuccess();
        assertTrue(status.out().contains("state            served\n"), status.toString());
        run.signal("INT");
        run.await(Sandbox.SHORT).requireSuccess();
        status = sandbox.dmuser("backup", "status", tracking).requireSuccess();
        assertTrue(status.out().contains("state            not served\n"), status.toString());
        assertTrue(status.out().contains("marked regions   0 of 1\n"), status.toString());
        sandbox.dmuser("backup", "status", origin.toString()).requireOneLine(origin + " is no tracking file");
        sandbox.dmuser("backup", "status", "disk").requireOneLine("no handler with data of its own serves");
    }
}
