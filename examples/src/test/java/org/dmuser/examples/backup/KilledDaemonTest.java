package org.dmuser.examples.backup;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.dmuser.examples.Wait;
import org.dmuser.examples.backup.moment.FrozenDevice;
import org.dmuser.examples.backup.tracking.LastNote;
import org.dmuser.examples.backup.tracking.Tracking;
import org.dmuser.examples.backup.tracking.TrackingPoint;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * {@code kill -9} of a daemon in a process of its own, under load: what really changed since a moment is reported, what
 * nobody wrote to is not, and what is read of a moment stays the same though its daemon is dead.
 */
class KilledDaemonTest {
    private static final int SIZE = 24 << 20;
    private static final int PIECE = 4 * Tracking.BLOCK_SIZE;
    private static final int KILLS = 5;

    @TempDir
    private Path directory;

    private Process daemon;

    @AfterEach
    void end() throws InterruptedException {
        if (daemon != null) {
            daemon.destroyForcibly().waitFor();
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = 4)
    void shouldReportWhatReallyChanged(long seed) throws Exception {
        Random random = new Random(seed);
        try (BackupRig rig = new BackupRig(directory, SIZE)) {
            int kills = 0;
            while (kills < KILLS) {
                start(random.nextLong());
                byte[] note = rig.note();
                TrackingPoint point;
                byte[] image;
                try (FrozenDevice frozen = rig.freeze()) {
                    point = frozen.point().orElseThrow();
                    image = rig.read(frozen, 0, SIZE);
                    awaitLoad(rig, image, note);
                    // At any moment: a daemon does not end by itself.
                    assertFalse(daemon.waitFor(random.nextInt(60), TimeUnit.MILLISECONDS));
                    if (random.nextBoolean()) {
                        daemon.destroyForcibly().waitFor();
                    }
                    assertArrayEquals(image, rig.read(frozen, 0, SIZE));
                }
                daemon.destroyForcibly().waitFor();
                if (LastNote.isTooOld(rig.tracking, rig.origin)) {
                    checkThatNothingIsKnown(rig, point);
                } else {
                    check(rig, point, image);
                    kills++;
                }
            }
        }
    }

    @Test
    void shouldGiveBackItsMemoryWhenItIsKilledWhileItIsRead() throws Exception {
        try (BackupRig rig = new BackupRig(directory, SIZE)) {
            start(1);
            Path memory;
            try (FrozenDevice frozen = rig.freeze()) {
                memory = memory(rig);
                assertTrue(Files.exists(memory));
                daemon.destroyForcibly().waitFor();
                rig.read(frozen, 0, SIZE);
            }
            awaitGone(memory);
        }
    }

    @Test
    void shouldGiveBackItsMemoryWhenTheDaemonOfAnotherDeviceBegins() throws Exception {
        try (BackupRig rig = new BackupRig(directory, SIZE);
                BackupRig other = new BackupRig(Files.createDirectory(directory.resolve("other")), SIZE)) {
            start(1);
            rig.point();
            Path memory = memory(rig);
            other.open();
            other.stop();
            assertTrue(Files.exists(memory), "was taken away while it is in use");
            daemon.destroyForcibly().waitFor();
            other.open();
            awaitGone(memory);
        }
    }

    /**
     * Any dmuser on the machine may give it back from the death of its daemon on; one that is about to makes all others
     * leave it alone.
     */
    private static void awaitGone(Path memory) throws Exception {
        Wait.until(() -> Files.notExists(memory));
    }

    /** What the daemon keeps in memory. */
    private static Path memory(BackupRig rig) throws IOException {
        Path ring = rig.tracking.resolveSibling(rig.tracking.getFileName() + ".moment/ring");
        assumeTrue(Files.isSymbolicLink(ring), "needs 16 MiB of /dev/shm: there are fewer");
        return Files.readSymbolicLink(ring);
    }

    private void start(long seed) throws IOException {
        daemon = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        KilledDaemon.class.getName(),
                        directory.toString(),
                        Integer.toString(SIZE),
                        Long.toString(seed))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        assertEquals("writing", daemon.inputReader().readLine());
    }

    /**
     * Until something has been written to the disk, and the daemon has noted that: it does so twice a second, and one
     * that dies before it has for the first time is not believed if the disk was last written to long before.
     */
    private void awaitLoad(BackupRig rig, byte[] image, byte[] note) throws Exception {
        Wait.until(() -> {
            assertTrue(daemon.isAlive(), "the daemon has ended by itself");
            return !Arrays.equals(rig.note(), note) && !Arrays.equals(Files.readAllBytes(rig.origin), image);
        });
    }

    private static void checkThatNothingIsKnown(BackupRig rig, TrackingPoint point) throws IOException {
        try (FrozenDevice frozen = rig.freeze(point)) {
            assertTrue(frozen.base().isEmpty());
            assertTrue(frozen.changed().touches(0, SIZE));
        }
    }

    private static void check(BackupRig rig, TrackingPoint point, byte[] image) throws IOException {
        byte[] now = Files.readAllBytes(rig.origin);
        try (FrozenDevice frozen = rig.freeze(point)) {
            assertEquals(point, frozen.base().orElseThrow(() -> new AssertionError(frozen.whyNoBase())));
            int differing = 0;
            for (int at = 0; at < SIZE; at += PIECE) {
                boolean reported = frozen.changed().touches(at, PIECE);
                if (!Arrays.equals(now, at, at + PIECE, image, at, at + PIECE)) {
                    assertTrue(reported, "the piece at " + at + " differs and is not reported");
                    differing++;
                }
                assertFalse(at >= SIZE / 2 && reported, "nobody wrote to the piece at " + at);
            }
            assertTrue(differing > 0, "there was no load");
        }
    }
}
