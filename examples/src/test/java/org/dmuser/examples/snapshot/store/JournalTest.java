package org.dmuser.examples.snapshot.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What of a journal counts, to whoever opens it after a kill. */
class JournalTest {
    private static final UUID BOOT = new UUID(1, 2);
    private static final long STORE = 3;
    private static final LogPosition BEFORE = new LogPosition(4, 80);
    private static final LogPosition FIRST = new LogPosition(4, 160);
    private static final LogPosition SECOND = new LogPosition(5, 0);

    @TempDir
    private Path directory;

    private Journal journal;

    @BeforeEach
    void begin() throws IOException {
        journal = open(BOOT);
        journal.begin(STORE, FIRST);
        append(1);
        append(2);
    }

    @AfterEach
    void close() throws IOException {
        journal.close();
    }

    private Journal open(UUID boot) throws IOException {
        return Journal.open(DiskFile.openWritable(directory.resolve("journal")), boot);
    }

    private void append(int block) {
        assertTrue(journal.append(block, 1, BlockMap.ofSlot(block)));
    }

    /** The blocks, and snapshots as negative numbers. */
    private List<Integer> replay(UUID boot, long storeId, LogPosition reached) throws IOException {
        List<Integer> told = new ArrayList<>();
        try (Journal opened = open(boot)) {
            opened.replay(storeId, reached, new JournalHalf.Changes() {
                @Override
                public void map(int block, int count, int entry) {
                    assertEquals(1, count);
                    assertEquals(BlockMap.ofSlot(block), entry);
                    told.add(block);
                }

                @Override
                public void rollback(int snapshotId) {
                    told.add(-snapshotId);
                }
            });
        }
        return told;
    }

    private List<Integer> replay(LogPosition reached) throws IOException {
        return replay(BOOT, STORE, reached);
    }

    @Test
    void shouldTellWhatFollowsTheLastCommit() throws IOException {
        assertEquals(List.of(1, 2), replay(FIRST));
    }

    @Test
    void shouldSayNothingWhenItDoesNotFit() throws IOException {
        assertEquals(List.of(), replay(new UUID(1, 3), STORE, FIRST));
        assertEquals(List.of(), replay(BOOT, STORE + 1, FIRST));
        assertEquals(List.of(), replay(BEFORE));
        assertEquals(List.of(), replay(SECOND));
    }

    @Test
    void shouldTellBothHalvesUntilTheLaterCommitIsThere() throws IOException {
        journal.begin(STORE, SECOND);
        append(3);
        assertEquals(List.of(), replay(BEFORE));
        assertEquals(List.of(1, 2, 3), replay(FIRST));
        assertEquals(List.of(1, 2, 3), replay(new LogPosition(FIRST.generation(), FIRST.logged() + 40)));
        assertEquals(List.of(3), replay(SECOND));
        LogPosition third = new LogPosition(5, 200);
        journal.begin(STORE, third);
        append(4);
        assertEquals(List.of(), replay(FIRST));
        assertEquals(List.of(3, 4), replay(SECOND));
        assertEquals(List.of(4), replay(third));
    }

    @Test
    void shouldTellWhatIsBehindARecordThatWasNeverWritten() throws IOException {
        append(3);
        try (DiskFile file = DiskFile.openWritable(directory.resolve("journal"))) {
            // Of the half that is second: the second record, but for its first bytes.
            file.punch(JournalHalf.LENGTH + 64 + 24 + 8, 16);
        }
        assertEquals(List.of(1, 3), replay(FIRST));
    }

    @Test
    void shouldSayNothingOnceItIsEnded() throws IOException {
        journal.begin(STORE, SECOND);
        journal.end();
        append(3);
        assertEquals(List.of(), replay(FIRST));
        assertEquals(List.of(), replay(SECOND));
    }

    @Test
    void shouldHaveRoomForARollbackWhenItIsFull() throws IOException {
        int count = 2;
        assertFalse(journal.isLow());
        while (journal.append(count + 1, 1, BlockMap.ofSlot(count + 1))) {
            count++;
        }
        assertTrue(journal.isLow());
        journal.rollback(7);
        List<Integer> told = replay(FIRST);
        assertEquals(count + 1, told.size());
        assertEquals(-7, told.get(count));
        journal.begin(STORE, SECOND);
        assertFalse(journal.isLow());
        assertEquals(List.of(), replay(SECOND));
    }
}
