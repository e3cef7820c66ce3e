package org.dmuser.examples.backup.tracking;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Work, a kill or a loss of power at any moment, recovery, and again: whatever differs on the origin from what it was
 * at a moment has to be reported, and what lies in regions that nobody wrote to must not be. The origin loses what was
 * not synced, too, block by block.
 */
class TrackingCrashTest {
    private static final int REGIONS = 12;
    private static final int BLOCKS = REGIONS * TrackingLayout.REGION_BLOCKS - 100;
    private static final long SIZE = (long) BLOCKS * TrackingLayout.BLOCK_SIZE - 512;
    private static final Origin ORIGIN = new Origin(SIZE, 7, new ChangeTime(Instant.ofEpochSecond(1000)));

    private final TrackingLayout layout = new TrackingLayout(SIZE);
    private final List<Moment> moments = new ArrayList<>();
    private int[] origin = new int[BLOCKS];
    private int[] synced = new int[BLOCKS];
    private int version;
    private Random random;
    private PowerCutMemory memory;
    private Tracking tracking;
    private UUID boot = UUID.randomUUID();

    private record Moment(TrackingPoint point, int[] origin, BitSet writtenSince) {}

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 40);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void shouldReportWhateverDiffers(long seed) throws IOException {
        random = new Random(seed);
        memory = new PowerCutMemory(layout.length(), random);
        OriginNote.write(memory, ORIGIN);
        new TrackingHeader(false, 1, SIZE, UUID.randomUUID(), boot).writeTo(memory);
        reopen();
        for (int crash = 0; crash < 6; crash++) {
            int steps = random.nextInt(60);
            for (int i = 0; i < steps; i++) {
                step();
            }
            end(random.nextInt(3));
            reopen();
            check();
        }
    }

    private void step() throws IOException {
        switch (random.nextInt(12)) {
            case 0 -> moments.add(new Moment(tracking.endEra(() -> {}), origin.clone(), new BitSet()));
            case 1, 2 -> tracking.sweep(() -> synced = origin.clone());
            case 3 -> memory.writeBackSomething();
            case 4 -> synced = origin.clone();
            default -> write();
        }
    }

    private void write() throws IOException {
        int first = random.nextInt(BLOCKS);
        int count = Math.min(BLOCKS - first, 1 + random.nextInt(random.nextInt(8) == 0 ? 600 : 4));
        long offset = (long) first * TrackingLayout.BLOCK_SIZE;
        int side = tracking.beginWrite(offset, Math.min(SIZE - offset, (long) count * TrackingLayout.BLOCK_SIZE));
        // A crash may come before the origin has any of it.
        if (random.nextInt(10) > 0) {
            Arrays.fill(origin, first, first + count, ++version);
        }
        for (Moment moment : moments) {
            moment.writtenSince.set(first, first + count);
        }
        tracking.endWrite(side);
    }

    private void end(int how) throws IOException {
        switch (how) {
            case 0 -> {
                synced = origin.clone();
                tracking.close(ORIGIN);
                memory = memory.kill();
            }
            case 1 -> memory = memory.kill();
            default -> {
                memory = memory.cut();
                boot = UUID.randomUUID();
                for (int block = 0; block < BLOCKS; block++) {
                    origin[block] = random.nextBoolean() ? synced[block] : origin[block];
                }
                synced = origin.clone();
                losePrecision();
            }
        }
    }

    /** Whole regions that were written to count as written from now on. */
    private void losePrecision() {
        for (int region = 0; region < REGIONS; region++) {
            if (memory.bytes().get(TrackingLayout.MARKS + region) != 0) {
                for (Moment moment : moments) {
                    int first = region * TrackingLayout.REGION_BLOCKS;
                    moment.writtenSince.set(first, first + TrackingLayout.REGION_BLOCKS);
                }
            }
        }
    }

    private void reopen() throws IOException {
        TrackingHeader header = new SlotPair(memory.bytes(), TrackingLayout.HEADER)
                .read()
                .map(TrackingHeader::decode)
                .orElseThrow();
        Recovery.Opened opened = Recovery.open(memory, header, ORIGIN, boot);
        assertEquals("", opened.stale());
        tracking = opened.tracking();
    }

    private void check() {
        for (Moment moment : moments) {
            assertTrue(tracking.knows(moment.point));
            for (int block = 0; block < BLOCKS; block++) {
                boolean reported = !isUnchanged(moment.point, block);
                if (origin[block] != moment.origin[block]) {
                    assertTrue(reported, "block " + block + " differs and is not reported");
                } else if (!moment.writtenSince.get(block)) {
                    assertFalse(reported, "block " + block + " is reported and was never near a write");
                }
            }
        }
    }

    private boolean isUnchanged(TrackingPoint point, int block) {
        return (tracking.unchangedSince(point, block / Long.SIZE * Long.SIZE) >>> block % Long.SIZE & 1) != 0;
    }
}
