package org.dmuser.examples.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Random;
import org.dmuser.examples.backup.moment.FrozenDevice;
import org.dmuser.examples.backup.moment.FrozenDevices;
import org.dmuser.examples.backup.moment.MomentBrokenException;
import org.dmuser.examples.backup.repository.LockKind;
import org.dmuser.examples.backup.repository.Repository;
import org.dmuser.examples.backup.repository.RepositoryCheck;
import org.dmuser.examples.backup.repository.crypto.Key;
import org.dmuser.examples.backup.repository.format.DamagedException;
import org.dmuser.examples.backup.repository.storage.LocalStorage;
import org.dmuser.examples.backup.tracking.TrackingPoint;
import org.dmuser.examples.backup.work.Backup;
import org.dmuser.examples.backup.work.Copy;
import org.dmuser.examples.backup.work.Progress;
import org.dmuser.examples.backup.work.RestoreTarget;
import org.dmuser.examples.backup.work.Stop;
import org.dmuser.examples.backup.work.Verify;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Backups of a tracked device when something happens behind their back. */
class WorkOnTrackedTest {
    private static final int SIZE = 4 << 20;
    private static final int CHUNK = 256 << 10;

    @TempDir
    private Path directory;

    private final Random random = new Random(7);
    private Path repository;
    private BackupRig rig;

    @BeforeEach
    void setUp() throws IOException {
        repository = directory.resolve("repository");
        Repository.create(new LocalStorage(repository), Key.NONE).close();
        rig = new BackupRig(directory, SIZE);
    }

    private Repository open(Path path, LockKind kind) throws IOException {
        Repository open = Repository.open(new LocalStorage(path), Key.NONE);
        open.lock(kind);
        return open;
    }

    private Backup.Result backUp(boolean full) throws IOException {
        try (Repository open = open(repository, LockKind.WRITE)) {
            Backup.Request request = new Backup.Request(rig.tracking, "disk", "host", full, true);
            return Backup.run(open, request, new Progress(), new Stop());
        }
    }

    private void write(int chunk) throws IOException {
        byte[] bytes = new byte[CHUNK];
        random.nextBytes(bytes);
        rig.open().write((long) chunk * CHUNK, ByteBuffer.wrap(bytes));
        rig.stop();
    }

    private static List<Path> packs(Path repository) throws IOException {
        try (var files = Files.list(repository.resolve("packs"))) {
            return files.toList();
        }
    }

    /** A point whose tables are there, and not all chunks that they name. */
    private void loseAPack() throws IOException {
        write(0);
        backUp(false);
        Path first = packs(repository).get(0);
        write(1);
        backUp(false);
        Files.delete(first);
        write(2);
    }

    @Test
    void shouldNotReportAPointOfWhichAPackIsGoneAsMade() throws IOException {
        loseAPack();
        String message =
                assertThrows(DamagedException.class, () -> backUp(false)).getMessage();
        assertTrue(message.contains("which no pack holds"), message);
        assertTrue(message.contains("--full"), message);
        backUp(true);
        try (Repository open = open(repository, LockKind.READ)) {
            Verify.Result result = Verify.run(open, RepositoryCheck.Depth.CONTENT, new Progress(), new Stop());
            assertEquals(3, result.points());
            // That of the first one is gone with its pack: root and table.
            assertTrue(result.findings().size() <= 1, result.findings().toString());
        }
        assertFalse(backUp(false).base().isEmpty());
    }

    private Copy.Result copyTo(Path other) throws IOException {
        try (Repository from = open(repository, LockKind.READ);
                Repository to = open(other, LockKind.WRITE)) {
            return Copy.run(from, to, from.points().list().points(), new Progress(), new Stop());
        }
    }

    @Test
    void shouldNotCopyAPointOntoTablesWhoseChunksAreGone() throws IOException {
        Path other = directory.resolve("other");
        Repository.create(new LocalStorage(other), Key.NONE).close();
        write(0);
        String first = backUp(false).point().id();
        copyTo(other);
        Path lost = packs(other).get(0);
        write(1);
        backUp(false);
        copyTo(other);
        try (Repository open = open(other, LockKind.WRITE)) {
            open.points().delete(first);
        }
        try (Repository open = open(repository, LockKind.WRITE)) {
            open.points().delete(first);
        }
        Files.delete(lost);
        backUp(false);
        Copy.Result result = copyTo(other);
        assertEquals(List.of(), result.copied());
        assertEquals(1, result.damages().size());
        assertTrue(result.damages().get(0).what().contains("which no pack holds"), result.toString());
    }

    @Test
    void shouldNotTrustWhatSomebodyWroteToWhileItWasBackedUpAtRest() throws IOException {
        write(0);
        TrackingPoint before = rig.point();
        TrackingPoint during;
        FrozenDevice frozen = rig.freeze(before);
        during = frozen.point().orElseThrow();
        try (RandomAccessFile file = new RandomAccessFile(rig.origin.toFile(), "rw")) {
            file.seek(3L * CHUNK);
            file.write(1);
        }
        Files.setLastModifiedTime(rig.origin, FileTime.fromMillis(System.currentTimeMillis() + 1000));
        String message =
                assertThrows(MomentBrokenException.class, frozen::close).getMessage();
        assertTrue(message.contains(rig.origin.toString()), message);
        try (FrozenDevice next = rig.freeze(during)) {
            assertTrue(next.base().isEmpty());
            assertTrue(
                    next.whyNoBase().contains("the origin was written to while nobody tracked it"), next.whyNoBase());
        }
    }

    @Test
    void shouldRestoreToATargetThatNobodyElseWritesTo() throws IOException {
        Path target = directory.resolve("restored");
        try (RestoreTarget first = RestoreTarget.open(target, SIZE, false)) {
            String message = assertThrows(IOException.class, () -> RestoreTarget.open(target, SIZE, false))
                    .getMessage();
            assertEquals(first.path() + " is in use by another process: end that first", message);
        }
        rig.open();
        assertThrows(IOException.class, () -> RestoreTarget.open(rig.origin, SIZE, true));
        rig.stop();
        RestoreTarget.open(rig.origin, SIZE, true).close();
    }

    @Test
    void shouldBackUpFilesAndBlockDevicesOnly() {
        String message = assertThrows(IOException.class, () -> FrozenDevices.freeze(Path.of("/dev/zero"), List.of()))
                .getMessage();
        assertTrue(message.startsWith("/dev/zero is neither a file nor a block device"), message);
    }

    @Test
    void shouldKeepWhatIsStoredFromOthers() throws IOException {
        write(0);
        backUp(false);
        try (var files = Files.walk(repository)) {
            for (Path path : files.toList()) {
                assertEquals(
                        Files.isDirectory(path) ? "rwx------" : "rw-------",
                        PosixFilePermissions.toString(Files.getPosixFilePermissions(path)),
                        path.toString());
            }
        }
    }
}
