package org.dmuser.examples.backup.repository;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.dmuser.examples.backup.repository.crypto.Key;
import org.dmuser.examples.backup.repository.format.ChunkId;
import org.dmuser.examples.backup.repository.format.ChunkType;
import org.dmuser.examples.backup.repository.storage.Storages;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RepositoryTest {
    @TempDir
    private Path directory;

    @Test
    void shouldGiveBackWhatWasStored() throws IOException {
        byte[] image = Images.mixed(5_000_000, 1);
        Point point;
        try (Repository repository = create()) {
            repository.lock(LockKind.WRITE);
            point = Images.store(repository, image);
        }
        try (Repository repository = open()) {
            repository.lock(LockKind.READ);
            Point found = repository.points().find("latest");
            assertEquals(point, found);
            Images.assertHolds(repository, found, image);
        }
    }

    @Test
    void shouldNotTakeAnEmptyNameForTheOnlyPoint() throws IOException {
        try (Repository repository = create()) {
            repository.lock(LockKind.WRITE);
            Images.store(repository, new byte[1000]);
            String message = assertThrows(
                            NoSuchPointException.class,
                            () -> repository.points().find(""))
                    .getMessage();
            assertTrue(message.contains("is empty"), message);
        }
    }

    @Test
    void shouldBreakASweepOffBetweenTwoChunks() throws IOException {
        byte[] image = Images.random(5_000_000, 1);
        try (Repository repository = create()) {
            repository.lock(LockKind.EXCLUSIVE);
            Images.store(repository, image);
            byte[] changed = image.clone();
            changed[0]++;
            Point kept = Images.store(repository, changed);
            Sweep sweep = repository.sweep(List.of(kept), 0);
            assertEquals(1, sweep.rewrittenPacks());
            List<Long> seen = new ArrayList<>();
            IOException stop = new IOException("stop");
            assertSame(
                    stop,
                    assertThrows(
                            IOException.class,
                            () -> sweep.rewrite((bytes, ofBytes) -> {
                                seen.add(bytes);
                                assertTrue(bytes < ofBytes / 2, bytes + " of " + ofBytes);
                                if (seen.size() == 3) {
                                    throw stop;
                                }
                            })));
            Images.assertHolds(repository, kept, changed);
            // The next one goes on.
            Sweep next = repository.sweep(List.of(kept), 0);
            next.rewrite((bytes, ofBytes) -> seen.add(bytes));
            next.remove((bytes, ofBytes) -> seen.add(bytes));
            assertTrue(seen.size() > 20, seen::toString);
            Images.assertHolds(repository, kept, changed);
        }
    }

    @Test
    void shouldStoreEachChunkOnceWhenManyThreadsPutTheSame() throws Exception {
        List<ByteBuffer> chunks = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            chunks.add(Images.direct(Images.random(200_000, i)));
        }
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try (Repository repository = create()) {
            repository.lock(LockKind.WRITE);
            try (ChunkWriter writer = repository.writer()) {
                List<Future<List<ChunkId>>> ids = new ArrayList<>();
                for (int i = 0; i < 4; i++) {
                    ids.add(threads.submit(() -> putAll(writer, chunks)));
                }
                for (Future<List<ChunkId>> each : ids) {
                    assertEquals(ids.get(0).get(), each.get());
                }
                assertEquals(40, writer.newChunks());
                writer.flush();
                assertEquals(ids.get(0).get(), putAll(writer, chunks));
                assertEquals(40, writer.newChunks());
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static List<ChunkId> putAll(ChunkWriter writer, List<ByteBuffer> chunks) throws IOException {
        List<ChunkId> ids = new ArrayList<>();
        for (ByteBuffer chunk : chunks) {
            ids.add(writer.put(ChunkType.DATA, chunk.duplicate()));
        }
        return ids;
    }

    @Test
    void shouldNotStoreZeros() throws IOException {
        try (Repository repository = create()) {
            repository.lock(LockKind.WRITE);
            try (ChunkWriter writer = repository.writer()) {
                assertEquals(ChunkId.ZERO, writer.put(ChunkType.DATA, ByteBuffer.allocateDirect(256 * 1024)));
                ByteBuffer almost = ByteBuffer.allocateDirect(256 * 1024);
                almost.put(almost.capacity() - 1, (byte) 1);
                assertTrue(!writer.put(ChunkType.DATA, almost).isZero());
                assertEquals(1, writer.newChunks());
            }
        }
    }

    @Test
    void shouldShareWhatDidNotChange() throws IOException {
        byte[] image = Images.mixed(3_000_000, 2);
        try (Repository repository = create()) {
            repository.lock(LockKind.WRITE);
            Point first = Images.store(repository, image);
            image[1_000_000]++;
            Point second;
            try (ChunkReader reader = repository.reader();
                    ChunkWriter writer = repository.writer()) {
                ImageTree base = ImageTree.open(reader, first.root(), first.size());
                ImageTreeBuilder tree = ImageTreeBuilder.from(writer, base);
                tree.set(3, writer.put(ChunkType.DATA, Images.chunk(image, 3)));
                second = Images.point(tree.finish(), image.length);
                assertEquals(3, writer.newChunks(), "a data chunk, a table, a root");
                writer.flush();
                repository.points().write(second);
            }
            Images.assertHolds(repository, second, image);
            image[1_000_000]--;
            Images.assertHolds(repository, first, image);
        }
    }

    @Test
    void shouldFindPointsByTheBeginningOfTheirIds() throws IOException {
        try (Repository repository = create()) {
            repository.lock(LockKind.WRITE);
            assertThrows(NoSuchPointException.class, () -> repository.points().find("latest"));
            Point point = Images.store(repository, Images.mixed(300_000, 3));
            assertEquals(point, repository.points().find(point.id().substring(0, 6)));
            assertEquals(
                    "repository " + directory.resolve("r") + " has no restore point 'x'",
                    assertThrows(
                                    NoSuchPointException.class,
                                    () -> repository.points().find("x"))
                            .getMessage());
            repository.points().delete(point.id());
            assertEquals(List.of(), repository.points().list().points());
        }
    }

    @Test
    void shouldNotMakeARepositoryOverAnother() throws IOException {
        create().close();
        assertThrows(FileAlreadyExistsException.class, this::create);
    }

    @Test
    void shouldSayThatThereIsNone() {
        NoSuchFileException e = assertThrows(NoSuchFileException.class, this::open);
        String url = directory.resolve("r").toString();
        assertEquals(url + ": there is no repository; 'dmuser backup init " + url + "' makes one", e.getMessage());
    }

    private Repository create() throws IOException {
        return Repository.create(Storages.open(directory.resolve("r").toString()), Key.NONE);
    }

    private Repository open() throws IOException {
        return Repository.open(Storages.open(directory.resolve("r").toString()), Key.NONE);
    }
}
