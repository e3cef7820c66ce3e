package org.dmuser.examples.backup.tracking;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecoveryTest {
    private static final long SIZE = 1 << 20;
    private static final Origin NOTED = new Origin(SIZE, 7, 1000, 5);
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
        "true,  true,  7, 1010, 5, true",
        "true,  true,  7, 1010, 6, false",
        "true,  true,  7, 1000, 4, false",
        "true,  true,  8, 1000, 5, false",
        "true,  false, 7, 1010, 5, true",
        "true,  false, 7, 1010, 6, false",
        "true,  false, 7,  990, 5, true"
    })
    void shouldTellWhatHolds(boolean open, boolean sameBoot, long inode, long mtime, int nanos, boolean holds)
            throws IOException {
        TrackingHeader header = new TrackingHeader(open, 3, SIZE, UUID.randomUUID(), BOOT);
        OriginNote.write(memory, NOTED);
        Origin now = new Origin(SIZE, inode, mtime, nanos);
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
