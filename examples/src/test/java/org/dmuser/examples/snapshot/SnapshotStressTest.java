package org.dmuser.examples.snapshot;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.dmuser.examples.snapshot.store.FileBase;
import org.dmuser.examples.snapshot.store.SnapshotView;
import org.dmuser.examples.snapshot.store.StoreDirectory;
import org.dmuser.examples.snapshot.store.StoreOptions;
import org.dmuser.sdk.DeviceInfo;
import org.dmuser.sdk.control.ControlConnection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Writers, each with sectors of its own in all blocks, while snapshots are made and deleted. Each writes a counter:
 * what it reads must be what it wrote, and a snapshot must not change, nor show one of two sectors of a request.
 */
class SnapshotStressTest {
    private static final int SIZE = 1 << 20;
    private static final int WRITERS = 4;
    private static final int SECTOR = 512;
    private static final int PAIR = 2 * SECTOR;
    private static final int PLACES = SIZE / PAIR;

    @TempDir
    private Path directory;

    private volatile boolean finished;

    @Test
    void shouldKeepAllWritersApart() throws Exception {
        Path base = Files.write(directory.resolve("base"), new byte[SIZE]);
        Path store = directory.resolve("store");
        long seed = Long.getLong("dmuser.seed", System.nanoTime());
        ExecutorService threads = Executors.newFixedThreadPool(WRITERS);
        StoreOptions options = new StoreOptions(4096, 0, base.toString());
        try (SnapshotHandler handler = SnapshotHandler.open(FileBase.open(base), store, options)) {
            handler.open(new DeviceInfo("disk", SIZE, false));
            List<Future<?>> writers = new ArrayList<>();
            for (int i = 0; i < WRITERS; i++) {
                int number = i;
                writers.add(threads.submit(() -> write(handler, number, new Random(seed + number))));
            }
            try (ControlConnection connection = ControlConnection.open(store.resolve("control"))) {
                for (int i = 0; i < 40; i++) {
                    snapshot(connection, store, base, i);
                }
            } finally {
                finished = true;
            }
            for (Future<?> writer : writers) {
                writer.get();
            }
        } catch (Exception | AssertionError e) {
            throw new AssertionError("seed " + seed, e);
        } finally {
            threads.shutdownNow();
        }
    }

    private void snapshot(ControlConnection connection, Path store, Path base, int number) throws IOException {
        connection.ask("create", "s" + number);
        try (SnapshotView view = SnapshotView.open(StoreDirectory.find(store), "s" + number, FileBase.open(base))) {
            ByteBuffer first = ByteBuffer.allocateDirect(SIZE);
            view.read(0, first);
            for (int at = 0; at < SIZE; at += PAIR) {
                assertEquals(first.getLong(at), first.getLong(at + SECTOR), "half a request is in the snapshot");
            }
            ByteBuffer second = ByteBuffer.allocateDirect(SIZE);
            view.read(0, second);
            assertEquals(-1, first.flip().mismatch(second.flip()), "the snapshot has changed");
        }
        if (number >= 3) {
            connection.ask("delete", "s" + (number - 3));
        }
    }

    private Void write(SnapshotHandler handler, int number, Random random) throws IOException {
        long[] expected = new long[PLACES];
        ByteBuffer data = ByteBuffer.allocateDirect(PAIR);
        for (long count = 1; !finished; count++) {
            int place = random.nextInt(PLACES / WRITERS) * WRITERS + number;
            switch (random.nextInt(20)) {
                case 0 -> handler.flush();
                case 1 -> {
                    handler.discard((long) place * PAIR, PAIR);
                    expected[place] = 0;
                }
                case 2, 3, 4, 5, 6 -> {
                    handler.read((long) place * PAIR, data.clear());
                    assertEquals(expected[place], data.getLong(0), "at place " + place);
                    assertEquals(expected[place], data.getLong(SECTOR), "at place " + place);
                }
                default -> {
                    data.clear();
                    data.putLong(0, count).putLong(SECTOR, count);
                    handler.write((long) place * PAIR, data);
                    expected[place] = count;
                }
            }
        }
        return null;
    }
}
