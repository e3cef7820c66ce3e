package org.dmuser.examples.backup.tracking;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Instant;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecoveryTest {
    private static final long SIZE = 1 << 20;
    private static final Origin NOTED = file(7, 1000, 5);
    private static final UUID BOOT = UUID.randomUUID();

    private final PowerCutMemory memory = new PowerCutMemory(new TrackingLayout(SIZE).length(), new Random(1));

    @ParameterizedTest(name = "open {0}, same boot {1}, inode {2}, mtime {3}.{4}: holds {5}")
    @CsvSource({
        "false, true,  7, 1000, 5, true",
        "false, false, 7, 1000, 5, true",
        "false, true,  7, 1000, 6, false",
        "false, true,  7,  999, 5, false",
        "false, true,  8, 1000, 5, false",
        "true,  true,  7, 1000, 5, true",
        "true,  true,  7, 1002, 5, true",
        "true,  true,  7, 1002, 6, false",
        "true,  true,  7, 1000, 4, false",
        "true,  true,  8, 1000, 5, false",
        "true,  false, 7, 1010, 5, true",
        "true,  false, 7, 1010, 6, false",
        "true,  false, 7,  990, 5, true"
    })
    void shouldTellWhatHolds(boolean open, boolean sameBoot, long inode, long mtime, int nanos, boolean holds)
            throws IOException {
        assertHolds(holds, open, sameBoot, NOTED, file(inode, mtime, nanos));
    }

    /** Of a block device it is known how much was written to it since the machine was started. -1 is unknown. */
    @ParameterizedTest(name = "open {0}, same boot {1}, sectors {2}, then {3}, disk {4}: holds {5}")
    @CsvSource({
        "false, true,  100, 100, 9, true",
        "false, true,    0,   0, 9, true",
        "false, true,  100, 108, 9, false",
        "false, true,  100,  92, 9, false",
        "false, true,  100, 100, 8, false",
        "false, true,   -1,  -1, 9, false",
        "false, true,  100,  -1, 9, false",
        "false, false, 100,   0, 8, false",
        "false, false, 100, 100, 9, false",
        "true,  true,  100, 100, 9, true",
        "true,  true,  100, 900, 9, true",
        "true,  true,   -1,  -1, 9, true",
        "true,  true,  100, 100, 8, false",
        "true,  false, 100,   0, 8, true",
        "true,  false,  -1,   0, 8, true",
        "true,  false, 100,   8, 8, false",
        "true,  false, 100,  -1, 8, false"
    })
    void shouldTellWhatHoldsOfABlockDevice(
            boolean open, boolean sameBoot, long noted, long sectors, long disk, boolean holds) throws IOException {
        Origin last = new Origin(SIZE, 7, new SectorCount(noted, 9));
        assertHolds(holds, open, sameBoot, last, new Origin(SIZE, 7, new SectorCount(sectors, disk)));
    }

    @Test
    void shouldNotTakeADeviceForAFile() throws IOException {
        assertHolds(false, false, true, NOTED, new Origin(SIZE, 7, new SectorCount(1000, 5)));
        assertHolds(false, true, true, new Origin(SIZE, 7, new SectorCount(1000, 5)), NOTED);
    }

    private static Origin file(long inode, long mtime, int nanos) {
        return new Origin(SIZE, inode, new ChangeTime(Instant.ofEpochSecond(mtime, nanos)));
    }

    private void assertHolds(boolean holds, boolean open, boolean sameBoot, Origin noted, Origin now)
            throws IOException {
        TrackingHeader header = new TrackingHeader(open, 3, SIZE, UUID.randomUUID(), BOOT);
        OriginNote.write(memory, noted);
        Recovery.Opened opened = Recovery.open(memory, header, now, sameBoot ? BOOT : UUID.randomUUID());
        assertEquals(holds, opened.stale().isEmpty(), opened.stale());
        TrackingPoint point = opened.tracking().endEra(() -> {});
        assertEquals(holds ? 3 : 4, point.era());
        assertEquals(holds, point.trackingId().equals(header.trackingId()));
    }

    @Test
    void shouldNotKnowMomentsOfAnotherHistory() throws IOException {
        OriginNote.write(memory, NOTED);
        TrackingHeader header = new TrackingHeader(false, 1, SIZE, UUID.randomUUID(), BOOT);
        header.writeTo(memory);
        PowerCutMemory setBack = memory.kill();
        TrackingPoint point =
                Recovery.open(memory, header, NOTED, BOOT).tracking().endEra(() -> {});
        Tracking other = Recovery.open(setBack, header, NOTED, BOOT).tracking();
        assertFalse(other.knows(point));
        TrackingPoint same = other.endEra(() -> {});
        assertEquals(point.era(), same.era());
        assertNotEquals(point, same);
        assertFalse(other.knows(point));
        assertTrue(other.knows(same));
    }

    @Test
    void shouldForgetMomentsAfterThousands() throws IOException {
        OriginNote.write(memory, NOTED);
        TrackingHeader header = new TrackingHeader(false, 1, SIZE, UUID.randomUUID(), BOOT);
        Tracking tracking = Recovery.open(memory, header, NOTED, BOOT).tracking();
        TrackingPoint first = tracking.endEra(() -> {});
        for (int i = 1; i < TrackingLayout.MOMENT_COUNT; i++) {
            tracking.endEra(() -> {});
        }
        assertTrue(tracking.knows(first));
        tracking.endEra(() -> {});
        assertFalse(tracking.knows(first));
    }
}
