package org.dmuser.examples.snapshot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.dmuser.examples.snapshot.store.SnapshotStore;
import org.dmuser.examples.snapshot.store.StoreOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A store loses power at any moment, over and over: nothing that was flushed is lost, and no snapshot changes. Or its
 * process is killed: nothing that was acknowledged is lost.
 */
class PowerCutTest {
    private static final int SEEDS = 4;
    private static final int CUTS = 6;

    /** Opening takes that many operations, at least. */
    private static final int OPENING = 6;

    private static final StoreOptions OPTIONS = new StoreOptions(4096, 0, "/base");

    /** Not whole blocks. */
    private final PatternBase base = new PatternBase(40 * 4096 + 3 * 512);

    static LongStream seeds() {
        long first = Long.getLong("dmuser.seed", 1);
        return LongStream.range(first, first + Long.getLong("dmuser.seeds", SEEDS));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void shouldKeepWhatWasFlushed(long seed) throws IOException {
        Random random = new Random(seed);
        PowerCut files = new PowerCut(seed);
        StoreModel model = new StoreModel(base.bytes(), seed);
        for (int i = 0; i < CUTS; i++) {
            files.failAfter(soon(random));
            workUntilTheCut(files, model);
            files.restore();
            try (SnapshotStore store = SnapshotStore.open(files, base, OPTIONS)) {
                model.checkAfterCrash(SnapshotHandler.of(base, store), store);
            }
        }
        checkEnd(files, model);
    }

    /** At times the next process is killed while it opens the store, or the power fails when it has. */
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void shouldKeepWhatWasAcknowledgedWhenKilled(long seed) throws IOException {
        Random random = new Random(seed);
        PowerCut files = new PowerCut(seed);
        StoreModel model = new StoreModel(base.bytes(), seed);
        for (int i = 0; i < CUTS; i++) {
            files.failAfter(soon(random));
            workUntilTheCut(files, model);
            files.reopen();
            if (random.nextInt(3) == 0) {
                files.failAfter(random.nextInt(OPENING));
                assertThrows(IOException.class, () -> SnapshotStore.open(files, base, OPTIONS));
                files.reopen();
            }
            if (random.nextInt(3) == 0) {
                SnapshotStore.open(files, base, OPTIONS);
                files.restore();
            }
            SnapshotStore store = SnapshotStore.open(files, base, OPTIONS);
            model.checkAfterKill(SnapshotHandler.of(base, store), store);
            files.kill();
        }
        checkEnd(files, model);
    }

    /** Shortly after it was opened, in the middle, or when the metadata has been full a few times. */
    private static int soon(Random random) {
        return 1 + random.nextInt(List.of(12, 200, 200, 400, 400, 2000).get(random.nextInt(6)));
    }

    private void checkEnd(PowerCut files, StoreModel model) throws IOException {
        SnapshotStore store = SnapshotStore.open(files, base, OPTIONS);
        model.empty(SnapshotHandler.of(base, store), store);
        assertEquals(0, store.info().dataBytes());
        assertEquals(0, files.size("data"));
        store.close();
    }

    private void workUntilTheCut(PowerCut files, StoreModel model) {
        IOException end = assertThrows(IOException.class, () -> {
            SnapshotStore store = SnapshotStore.open(files, base, OPTIONS);
            SnapshotHandler handler = SnapshotHandler.of(base, store);
            while (true) {
                model.step(handler, store);
            }
        });
        assertTrue(files.hasFailed(), () -> "failed for another reason: " + end);
    }

    @Test
    void shouldTakeNoMoreChangesWhenItCannotBeWrittenTo() throws IOException {
        PowerCut files = new PowerCut(1);
        SnapshotStore store = SnapshotStore.open(files, base, OPTIONS);
        SnapshotHandler handler = SnapshotHandler.of(base, store);
        StoreModel model = new StoreModel(base.bytes(), 1);
        files.failAfter(0);
        assertThrows(IOException.class, store::flush);
        files.failAfter(1000);
        assertTrue(assertThrows(IOException.class, store::flush).getMessage().contains("takes no more changes"));
        assertThrows(IOException.class, () -> store.create("a"));
        model.checkNow(handler);
    }
}
