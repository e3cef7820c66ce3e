package org.dmuser.examples.snapshot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.dmuser.examples.snapshot.store.Base;
import org.dmuser.examples.snapshot.store.SnapshotStore;
import org.dmuser.examples.snapshot.store.StoreDirectory;
import org.dmuser.examples.snapshot.store.StoreOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A store on real files that is left as it is, and opened anew: what was acknowledged is there, flushed or not. */
class KilledStoreTest {
    private static final int BLOCK = 4096;
    private static final int WRITERS = 4;
    private static final StoreOptions OPTIONS = new StoreOptions(BLOCK, 0, "");

    @TempDir
    private Path directory;

    /** A device full of ones. */
    private record Ones(long size) implements Base {
        @Override
        public void read(long offset, ByteBuffer dst) {
            while (dst.hasRemaining()) {
                dst.put((byte) 1);
            }
        }

        @Override
        public void close() {}
    }

    private SnapshotStore open(Base base) throws IOException {
        return SnapshotStore.open(
                StoreDirectory.make(directory.resolve("store")).files(), base, OPTIONS);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void shouldHaveWhatManyThreadsHaveWritten(long seed) throws Exception {
        Base base = new Ones(8 << 20);
        byte[] expected = new byte[8 << 20];
        Arrays.fill(expected, (byte) 1);
        ExecutorService threads = Executors.newFixedThreadPool(WRITERS);
        try {
            for (int round = 0; round < 3; round++) {
                SnapshotStore store = open(base);
                SnapshotHandler handler = SnapshotHandler.of(base, store);
                assertEquals(-1, Arrays.mismatch(expected, read(handler)));
                store.create("round" + round);
                List<Future<?>> writers = new ArrayList<>();
                for (int i = 0; i < WRITERS; i++) {
                    int number = i;
                    Random random = new Random(seed * 100 + round * 10 + i);
                    writers.add(threads.submit(() -> write(handler, expected, number, random)));
                }
                for (Future<?> writer : writers) {
                    writer.get();
                }
            }
            try (SnapshotStore store = open(base)) {
                SnapshotHandler handler = SnapshotHandler.of(base, store);
                assertEquals(-1, Arrays.mismatch(expected, read(handler)));
                store.rollback("round0");
                assertEquals(1, read(handler)[0]);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    /** Pieces of 6 KiB, every fourth of which is this thread's: blocks are shared between threads. */
    private static Void write(SnapshotHandler handler, byte[] expected, int number, Random random) throws IOException {
        int piece = 6 << 10;
        for (int i = 0; i < 150; i++) {
            int offset = piece * (random.nextInt(expected.length / piece / WRITERS) * WRITERS + number);
            byte[] content = new byte[piece];
            switch (random.nextInt(20)) {
                case 0 -> handler.flush();
                case 1, 2, 3 -> {
                    handler.discard(offset, piece);
                    System.arraycopy(content, 0, expected, offset, piece);
                }
                default -> {
                    random.nextBytes(content);
                    handler.write(offset, ByteBuffer.wrap(content));
                    System.arraycopy(content, 0, expected, offset, piece);
                }
            }
        }
        return null;
    }

    private static byte[] read(SnapshotHandler handler) throws IOException {
        ByteBuffer dst = ByteBuffer.allocate((int) handler.size());
        handler.read(0, dst);
        return dst.array();
    }

    @Test
    void shouldGoOnWhenThereAreMoreChangesThanTheJournalHolds() throws IOException {
        int blocks = 50_000;
        Base base = new Ones((long) blocks * BLOCK);
        SnapshotHandler handler = SnapshotHandler.of(base, open(base));
        for (int i = 0; i < blocks; i++) {
            handler.discard((long) i * BLOCK, BLOCK);
        }
        handler.write(BLOCK, ByteBuffer.wrap(new byte[] {2}));
        try (SnapshotStore again = open(base)) {
            ByteBuffer block = ByteBuffer.allocate(BLOCK);
            byte[] zeros = new byte[BLOCK];
            for (int i = 0; i < blocks; i++) {
                again.read((long) i * BLOCK, block.clear());
                zeros[0] = (byte) (i == 1 ? 2 : 0);
                assertTrue(Arrays.equals(zeros, block.array()), "block " + i);
            }
        }
    }
}
