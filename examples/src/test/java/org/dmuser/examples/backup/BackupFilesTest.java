package org.dmuser.examples.backup;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.dmuser.examples.backup.moment.FrozenDevice;
import org.dmuser.examples.backup.tracking.DeviceInUseException;
import org.dmuser.examples.backup.tracking.Tracking;
import org.dmuser.examples.backup.tracking.TrackingPoint;
import org.dmuser.sdk.config.ConfigException;
import org.dmuser.sdk.file.LockedFile;
import org.dmuser.sdk.registry.Handlers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the files of a backup handler are to be, and what comes of others; which earlier moments it knows. */
class BackupFilesTest {
    /** In blocks of 64 KiB and a short one. */
    private static final int SIZE = 40 * Tracking.BLOCK_SIZE + 1536;

    @TempDir
    private Path directory;

    @Test
    void shouldCompareWithTheFirstItKnows() throws IOException {
        try (BackupRig rig = new BackupRig(directory, SIZE)) {
            rig.open();
            TrackingPoint known = rig.point();
            TrackingPoint strange = new TrackingPoint(known.trackingId(), known.moment() ^ 1L << 40);
            try (FrozenDevice frozen = rig.freeze(strange, known)) {
                assertEquals(known, frozen.base().orElseThrow());
            }
            try (FrozenDevice frozen = rig.freeze(strange)) {
                assertTrue(frozen.base().isEmpty());
                assertTrue(frozen.whyNoBase().contains("knows none of the earlier backups"), frozen.whyNoBase());
                assertEquals(SIZE, frozen.changed().bytes());
            }
            assertEquals(known, TrackingPoint.parse(known.toString()));
        }
    }

    @Test
    void shouldSayThatTheOriginCannotTrackItself() throws IOException {
        Path link = Files.createSymbolicLink(directory.resolve("link"), directory.resolve("disk.img"));
        try (BackupRig rig = new BackupRig(directory, link, SIZE)) {
            IOException refused = assertThrows(IOException.class, rig::open);
            assertTrue(
                    refused.getMessage()
                            .startsWith("origin " + rig.origin + " and tracking " + link + " are the same file"),
                    refused.getMessage());
        }
    }

    @Test
    void shouldBeginAnewWhenTheOriginWasWrittenTo() throws IOException {
        try (BackupRig rig = new BackupRig(directory, SIZE)) {
            rig.open();
            TrackingPoint base = rig.point();
            rig.stop();
            Files.setLastModifiedTime(rig.origin, FileTime.fromMillis(System.currentTimeMillis() + 1));
            rig.open();
            assertFull(rig, base, "the origin was written to while nobody tracked it");
        }
    }

    @Test
    void shouldBeginAnewWhenTheTrackingFileIsLostOrDamaged() throws IOException {
        try (BackupRig rig = new BackupRig(directory, SIZE)) {
            rig.open();
            TrackingPoint base = rig.point();
            rig.stop();
            Files.delete(rig.tracking);
            rig.open();
            assertFull(rig, base, "knows none of the earlier backups");
            base = rig.point();
            rig.stop();
            try (RandomAccessFile file = new RandomAccessFile(rig.tracking.toFile(), "rw")) {
                file.setLength(5000);
            }
            rig.open();
            assertFull(rig, base, "the tracking file was cut off");
            base = rig.point();
            rig.stop();
            try (RandomAccessFile file = new RandomAccessFile(rig.tracking.toFile(), "rw")) {
                file.seek(100);
                file.writeLong(-1);
                file.seek(700);
                file.writeLong(-1);
            }
            rig.open();
            assertFull(rig, base, "the tracking file was damaged");
            base = rig.point();
            rig.stop();
            try (RandomAccessFile file = new RandomAccessFile(rig.origin.toFile(), "rw")) {
                file.setLength(SIZE + 4096);
            }
            rig.open();
            try (FrozenDevice frozen = rig.freeze(base)) {
                assertTrue(frozen.whyNoBase().contains("the origin has"), frozen.whyNoBase());
                assertEquals(SIZE + 4096, frozen.size());
            }
        }
    }

    private static void assertFull(BackupRig rig, TrackingPoint base, String why) throws IOException {
        try (FrozenDevice frozen = rig.freeze(base)) {
            assertTrue(frozen.base().isEmpty());
            assertTrue(frozen.whyNoBase().contains(why), frozen.whyNoBase());
            assertEquals(SIZE, frozen.changed().bytes());
        }
    }

    @Test
    void shouldBeUsedByOne() throws IOException {
        try (BackupRig rig = new BackupRig(directory, SIZE);
                BackupRig second = new BackupRig(directory, SIZE)) {
            rig.open();
            assertEquals(
                    "origin " + rig.origin + " is in use by another daemon: end that first",
                    assertThrows(DeviceInUseException.class, second::open).getMessage());
            second.stop();
            rig.stop();
            try (FrozenDevice atRest = rig.freeze()) {
                assertEquals(
                        "tracking file " + rig.tracking
                                + " is in use: by the daemon of the device, or by a backup of it",
                        assertThrows(DeviceInUseException.class, second::open).getMessage());
                rig.read(atRest, 0, 512);
            }
        }
    }

    @Test
    void shouldSayWhereItCannotTrack() throws IOException {
        Path nowhere = directory.resolve("nowhere");
        try (BackupRig rig = new BackupRig(directory, nowhere.resolve("disk.tracking"), SIZE)) {
            assertEquals(
                    "tracking file " + rig.tracking + " cannot be made: there is no directory " + nowhere,
                    assertThrows(IOException.class, rig::open).getMessage());
        }
    }

    @Test
    void shouldLeaveOtherFilesAlone() throws IOException {
        Path other = Files.write(directory.resolve("disk.tracking"), new byte[10_000]);
        try (BackupRig rig = new BackupRig(directory, SIZE)) {
            assertEquals(
                    other + " is no tracking file; name another, or delete it if nobody needs it",
                    assertThrows(IOException.class, rig::open).getMessage());
        }
        assertArrayEquals(new byte[10_000], Files.readAllBytes(other));
    }

    @Test
    void shouldSayWhatIsWrongWithItsSettings() {
        assertFails("handler backup: origin is missing; give origin=PATH (the file or block device with the data)");
        assertFails(
                "handler backup: tracking is missing; give tracking=PATH (the file that keeps what has changed; made if"
                        + " there is none)",
                "origin=" + directory + "/disk.img",
                "create=1M");
        assertFails(
                "handler backup: origin: " + directory + "/none does not exist; create=SIZE makes it",
                "origin=" + directory + "/none",
                "tracking=x");
    }

    @Test
    void shouldStayLockedWhenASecondOneWasRefused() throws IOException {
        try (BackupRig rig = new BackupRig(directory, SIZE);
                BackupRig second = new BackupRig(directory, SIZE)) {
            rig.open();
            assertThrows(DeviceInUseException.class, second::open);
            assertTrue(LockedFile.tryLock(rig.origin).isEmpty());
            assertTrue(LockedFile.tryLock(rig.tracking).isEmpty());
        }
    }

    @Test
    void shouldNotWriteWhereALinkLeadsThatIsInTheWayOfANewFile() throws IOException {
        Path victim = Files.writeString(directory.resolve("victim"), "of somebody");
        Files.createSymbolicLink(directory.resolve("disk.tracking.new"), victim);
        try (BackupRig rig = new BackupRig(directory, SIZE)) {
            rig.open();
            rig.point();
        }
        assertEquals("of somebody", Files.readString(victim));
    }

    @Test
    void shouldLeaveNoTrackingFileThatCannotBeMade() throws IOException {
        Files.createDirectories(directory.resolve("disk.tracking.new").resolve("in the way"));
        try (BackupRig rig = new BackupRig(directory, SIZE)) {
            assertThrows(IOException.class, rig::open);
            assertFalse(Files.exists(rig.tracking));
        }
    }

    private static void assertFails(String message, String... words) {
        try (Handlers handlers = Handlers.load("")) {
            assertEquals(
                    message,
                    assertThrows(ConfigException.class, () -> handlers.create("backup", List.of(words), List.of()))
                            .getMessage());
        }
    }
}
