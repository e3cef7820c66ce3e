package org.dmuser.examples.backup.work;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.dmuser.channel.DiskUsage;
import org.dmuser.examples.backup.repository.ChunkReader;
import org.dmuser.examples.backup.repository.LockKind;
import org.dmuser.examples.backup.repository.Point;
import org.dmuser.examples.backup.repository.Repository;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BackupRestoreTest {
    /** Two tables and a bit, the last chunk not whole. */
    private static final long SIZE = 16L * 1024 * 1024 + 3 * 4096 + 512;

    private static final long SEED = 20261121;

    @TempDir
    private Path directory;

    private final Random random = new Random(SEED);
    private final Progress progress = new Progress();
    private Path repository;
    private Path image;

    @BeforeEach
    void setUp() throws IOException {
        repository = directory.resolve("repository");
        image = Images.make(directory.resolve("image"), SIZE, random);
        Images.create(repository, LockKind.WRITE).close();
    }

    private Backup.Result backUp() throws IOException {
        return backUp(new Stop());
    }

    private Backup.Result backUp(Stop stop) throws IOException {
        try (Repository open = Images.open(repository, LockKind.WRITE)) {
            return Backup.run(open, new Backup.Request(image, "disk", "host", false, true), progress, stop);
        }
    }

    private Restore.Result restore(Point point, Path target, boolean overwrite) throws IOException {
        return restore(point, target, overwrite, new Stop());
    }

    private Restore.Result restore(Point point, Path target, boolean overwrite, Stop stop) throws IOException {
        try (Repository open = Images.open(repository, LockKind.READ);
                ChunkReader chunks = open.reader();
                RestoreTarget place = RestoreTarget.open(target, point.size(), overwrite)) {
            return Restore.run(chunks, point, place, progress, stop);
        }
    }

    private static Path partial(Path target) {
        return target.resolveSibling(target.getFileName() + ".partial");
    }

    @Test
    void shouldRestoreWhatWasBackedUp() throws IOException {
        Backup.Result backup = backUp();
        assertEquals(SIZE, backup.point().size());
        assertFalse(backup.whyFull().isEmpty());
        assertEquals(progress.state().total(), progress.state().done());
        Path target = directory.resolve("restored");
        Restore.Result result = restore(backup.point(), target, false);
        assertEquals(-1, Files.mismatch(image, target));
        assertEquals(SIZE, result.writtenBytes() + result.sameBytes());
        assertFalse(Files.exists(partial(target)));
        assertTrue(DiskUsage.of(target) < SIZE * 3 / 4, "zeros take room: " + DiskUsage.of(target));
    }

    @Test
    void shouldStoreNothingTwice() throws IOException {
        Backup.Result first = backUp();
        Backup.Result second = backUp();
        assertEquals(0, second.newChunks());
        assertEquals(first.point().root(), second.point().root());
        Images.write(image, 5 * Images.CHUNK + 100, Images.randomBytes(random, 100));
        Backup.Result third = backUp();
        // The chunk, its table, and the root.
        assertEquals(3, third.newChunks());
        Path target = directory.resolve("restored");
        restore(third.point(), target, false);
        assertEquals(-1, Files.mismatch(image, target));
    }

    @Test
    void shouldBackUpAnEmptyImage() throws IOException {
        Files.write(image, new byte[0]);
        Backup.Result backup = backUp();
        Path target = directory.resolve("restored");
        restore(backup.point(), target, false);
        assertEquals(0, Files.size(target));
    }

    @ParameterizedTest(name = "{0} bytes behind whole chunks")
    @ValueSource(ints = {0, 1, 511, 512, 513, 100_000, Images.CHUNK - 1})
    void shouldServeWholeSectorsWhenTheImageEndsWithinOne(int rest) throws IOException {
        byte[] content = Images.randomBytes(random, 2 * Images.CHUNK + rest);
        Files.write(image, content);
        Point point = backUp().point();
        try (Repository open = Images.open(repository, LockKind.READ);
                PointBase base = PointBase.open(open.reader(), point)) {
            int size = (content.length + 511) / 512 * 512;
            assertEquals(size, base.size());
            ByteBuffer read = ByteBuffer.allocate(size);
            base.read(0, read.limit(Images.CHUNK));
            base.read(Images.CHUNK, read.limit(size));
            assertArrayEquals(Arrays.copyOf(content, size), read.array());
        }
    }

    @Test
    void shouldMakeNoPointWhenStopped() throws IOException {
        Stop stop = new Stop();
        stop.request();
        assertThrows(Stop.StoppedException.class, () -> backUp(stop));
        try (Repository open = Images.open(repository, LockKind.READ)) {
            assertEquals(0, open.points().list().points().size());
        }
        backUp();
    }

    @Test
    void shouldGoOnWhenRestoreWasBrokenOff() throws IOException {
        Point point = backUp().point();
        Path target = directory.resolve("restored");
        // As a restore leaves it that was killed: some is there, some is not, some is wrong.
        Files.copy(image, partial(target));
        Images.write(partial(target), 3 * Images.CHUNK, new byte[4 * Images.CHUNK]);
        Images.write(partial(target), 9 * Images.CHUNK, Images.randomBytes(random, Images.CHUNK));
        Restore.Result result = restore(point, target, false);
        assertEquals(-1, Files.mismatch(image, target));
        assertTrue(result.writtenBytes() <= 5 * Images.CHUNK, "written: " + result.writtenBytes());
        assertFalse(Files.exists(partial(target)));
    }

    @Test
    void shouldLeaveWhatIsUnfinishedWhenStopped() throws IOException {
        Point point = backUp().point();
        Path target = directory.resolve("restored");
        Stop stop = new Stop();
        stop.request();
        assertThrows(Stop.StoppedException.class, () -> restore(point, target, false, stop));
        assertFalse(Files.exists(target));
        restore(point, target, false);
        assertEquals(-1, Files.mismatch(image, target));
    }

    @Test
    void shouldWriteOnlyWhatDiffersWhenOverwriting() throws IOException {
        Point point = backUp().point();
        Path target = Files.copy(image, directory.resolve("other"));
        Images.write(target, 2 * Images.CHUNK, Images.randomBytes(random, 10));
        Images.write(target, SIZE, new byte[5000]);
        IOException refused = assertThrows(IOException.class, () -> restore(point, target, false));
        assertTrue(refused.getMessage().contains("--overwrite"), refused.getMessage());
        Restore.Result result = restore(point, target, true);
        assertEquals(Images.CHUNK, result.writtenBytes());
        assertEquals(-1, Files.mismatch(image, target));
    }

    @Test
    void shouldNameDamageAndFinishNothingWhenAChunkIsDamaged() throws IOException {
        Point point = backUp().point();
        Path pack = Images.pack(repository);
        Images.flip(pack, Files.size(pack) / 3);
        Path target = directory.resolve("restored");
        Restore.Result result = restore(point, target, false);
        assertEquals(1, result.damages().size());
        String damage = result.damages().get(0).toString();
        assertTrue(damage.contains(pack.getFileName().toString()), damage);
        assertTrue(damage.contains(point.id()), damage);
        assertFalse(Files.exists(target));
        assertEquals(Images.CHUNK, result.damagedBytes());
        // All but that is there.
        long differing = 0;
        byte[] wanted = Files.readAllBytes(image);
        byte[] found = Files.readAllBytes(partial(target));
        for (int i = 0; i < wanted.length; i++) {
            differing += wanted[i] == found[i] ? 0 : 1;
        }
        assertTrue(differing <= Images.CHUNK, "differing: " + differing);
    }

    @Test
    void shouldNameDamageWhenAPackIsGone() throws IOException {
        Point point = backUp().point();
        Path pack = Images.pack(repository);
        Files.delete(pack);
        Path target = directory.resolve("restored");
        IOException e = assertThrows(IOException.class, () -> {
            Restore.Result result = restore(point, target, false);
            throw new IOException(result.damages().toString());
        });
        assertTrue(e.getMessage().contains(pack.getFileName().toString()), e.getMessage());
        assertFalse(Files.exists(target));
    }
}
