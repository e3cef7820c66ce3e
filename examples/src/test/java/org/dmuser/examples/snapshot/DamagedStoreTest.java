package org.dmuser.examples.snapshot;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.dmuser.examples.snapshot.store.SnapshotInfo;
import org.dmuser.examples.snapshot.store.SnapshotStore;
import org.dmuser.examples.snapshot.store.StoreOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Metadata that is torn, damaged, or has no room. */
class DamagedStoreTest {
    private static final int BLOCK = 4096;
    private static final int HEADER = 4096;
    private static final int BLOCKS = 16;
    private static final StoreOptions OPTIONS = new StoreOptions(BLOCK, 0, "/base");

    private final PatternBase base = new PatternBase(BLOCKS * BLOCK);
    private final PowerCut files = new PowerCut(1);

    private SnapshotStore open() throws IOException {
        return SnapshotStore.open(files, base, OPTIONS);
    }

    private static void fill(SnapshotStore store, int block, int value) throws IOException {
        byte[] bytes = new byte[BLOCK];
        Arrays.fill(bytes, (byte) value);
        SnapshotHandler.of(new PatternBase(BLOCKS * BLOCK), store).write((long) block * BLOCK, ByteBuffer.wrap(bytes));
    }

    private static int value(SnapshotStore store, int block) throws IOException {
        ByteBuffer dst = ByteBuffer.allocate(BLOCK);
        store.read((long) block * BLOCK, dst);
        return dst.get(0);
    }

    private static List<String> names(SnapshotStore store) {
        return store.info().snapshots().stream().map(SnapshotInfo::name).toList();
    }

    /** The first commit is in the log of file 0, whose checkpoint is one record of a path, one of a page table. */
    private static int logStart() {
        return HEADER + 32 + 8 + 32 + 8;
    }

    @ParameterizedTest(name = "byte {0} of the last commit, which has another record behind it")
    @ValueSource(ints = {0, 5, 9, 20, 25, 29, 33, 40})
    void shouldEndTheLogAtARecordThatIsNotWhole(int damaged) throws IOException {
        SnapshotStore store = open();
        fill(store, 1, 1);
        store.flush();
        fill(store, 2, 2);
        store.create("later");
        files.flip("map.0", logStart() + 32 + 16 + damaged);
        files.restore();
        try (SnapshotStore again = open()) {
            assertEquals(1, value(again, 1));
            assertEquals(PatternBase.at(2 * BLOCK), value(again, 2));
            assertEquals(List.of(), names(again));
        }
    }

    @ParameterizedTest(name = "byte {0} of a commit that is not the last")
    @ValueSource(ints = {0, 5, 9, 20, 25, 29, 33, 40})
    void shouldNotTakeADamagedRecordForTheEnd(int damaged) throws IOException {
        SnapshotStore store = open();
        fill(store, 1, 1);
        store.flush();
        fill(store, 2, 2);
        store.flush();
        store.create("later");
        int at = logStart() + 32 + 16;
        files.flip("map.0", at + damaged);
        IOException e = assertThrows(IOException.class, this::open);
        assertTrue(
                e.getMessage().startsWith("the store is damaged: map.0 has a damaged record at offset " + at),
                e.getMessage());
    }

    @ParameterizedTest(name = "byte {0} of the header")
    @ValueSource(ints = {0, 9, 20, 30, 47})
    void shouldNotTakeAStoreWithoutDataForANewOneWhenTheHeaderIsDamaged(int damaged) throws IOException {
        SnapshotStore store = open();
        store.create("empty");
        files.flip("map.0", damaged);
        IOException e = assertThrows(IOException.class, this::open);
        assertTrue(e.getMessage().startsWith("the store is damaged: the header of map.0"), e.getMessage());
    }

    @Test
    void shouldNotTakeAStoreWithoutDataForANewOneWhenTheHeaderIsWiped() throws IOException {
        SnapshotStore store = open();
        store.create("empty");
        files.wipe("map.0", 0, HEADER);
        IOException e = assertThrows(IOException.class, this::open);
        assertEquals(
                "the store is damaged: it has a journal, and neither map.0 nor map.1 says what it is of",
                e.getMessage());
    }

    @Test
    void shouldNotTakeADamagedCheckpointForAShortOne() throws IOException {
        open().close();
        files.flip("map.0", HEADER + 40);
        IOException e = assertThrows(IOException.class, this::open);
        assertTrue(e.getMessage().contains("damaged: map.0"), e.getMessage());
    }

    @Test
    void shouldNotTakeWhatWasBeforeForTheTruthWhenTheHeaderIsDamaged() throws IOException {
        open().close();
        try (SnapshotStore store = open()) {
            fill(store, 1, 1);
            store.flush();
        }
        files.flip("map.1", 20);
        IOException e = assertThrows(IOException.class, this::open);
        assertTrue(e.getMessage().contains("the store is damaged"), e.getMessage());
    }

    @Test
    void shouldDeleteAndDiscardWhenThereIsNoRoom() throws IOException {
        SnapshotStore store = open();
        for (int i = 0; i < BLOCKS / 2; i++) {
            fill(store, i, 1);
        }
        store.create("a");
        files.room(files.size());
        IOException full = assertThrows(IOException.class, () -> fill(store, 0, 2));
        assertTrue(full.getMessage().contains("full"), full.getMessage());
        // Commits until the metadata has filled its files several times over.
        for (int i = 0; i < 4_000; i++) {
            writeDown(store, BLOCKS - 1 - i % 2, i);
        }
        assertEquals(1, value(store, 0));
        store.delete("a");
        fill(store, 0, 3);
        SnapshotHandler.of(base, store).discard(0, 4 * BLOCK);
        store.flush();
        fill(store, BLOCKS - 4, 4);
        store.close();
        files.room(files.size());
        try (SnapshotStore again = open()) {
            assertEquals(0, value(again, 0));
            assertEquals(1, value(again, 4));
            assertEquals(4, value(again, BLOCKS - 4));
        }
    }

    /** Something that is written down and takes no room: a block is given up, or the state is frozen and given up. */
    private static void writeDown(SnapshotStore store, int block, int turn) throws IOException {
        long entered = store.enter();
        try {
            store.discard(block, 1);
        } finally {
            store.exit(entered);
        }
        if (turn % 2 == 0) {
            store.create("turn");
        } else {
            store.delete("turn");
        }
    }

    @Test
    void shouldHaveOneStateInBothFilesOverManyCheckpoints() throws IOException {
        byte[] content = new byte[BLOCK];
        for (int i = 0; i < 30; i++) {
            try (SnapshotStore store = open()) {
                fill(store, i % BLOCKS, i);
                store.create("s" + i);
                if (i >= 3) {
                    store.delete("s" + (i - 3));
                }
            }
        }
        try (SnapshotStore store = open()) {
            assertEquals(List.of("s27", "s28", "s29"), names(store));
            store.rollback("s28");
            ByteBuffer dst = ByteBuffer.allocate(BLOCK);
            store.read(29 % BLOCKS * (long) BLOCK, dst);
            Arrays.fill(content, (byte) (29 - BLOCKS));
            assertArrayEquals(content, dst.array());
        }
    }
}
