package org.dmuser.examples.backup;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.dmuser.examples.backup.moment.FrozenDevice;
import org.dmuser.examples.backup.tracking.Tracking;
import org.dmuser.examples.backup.tracking.TrackingPoint;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Two threads write while a third reads moments. Each writer goes round its sectors of the disk, in an order of its own
 * but always the same, and writes the number of the write: what is on the disk at any one moment are the last numbers,
 * without a gap.
 */
class BackupRaceTest {
    private static final int SECTORS = 16384;
    private static final int SIZE = SECTORS * 512;
    private static final int WRITERS = 2;
    private static final int EACH = SECTORS / WRITERS;

    @TempDir
    private Path directory;

    private final AtomicBoolean stop = new AtomicBoolean();
    private final AtomicLong[] written = {new AtomicLong(), new AtomicLong()};
    private final ExecutorService threads = Executors.newFixedThreadPool(WRITERS);
    private final int[] order = new int[SECTORS];

    @AfterEach
    void end() throws InterruptedException {
        stop.set(true);
        threads.shutdown();
        assertTrue(threads.awaitTermination(120, TimeUnit.SECONDS));
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4})
    void shouldShowOneMomentOfAll(long seed) throws Exception {
        shuffle(new Random(seed));
        try (BackupRig rig = new BackupRig(directory, SIZE)) {
            BackupHandler handler = rig.open();
            Future<?>[] writers = new Future<?>[WRITERS];
            for (int i = 0; i < WRITERS; i++) {
                int writer = i;
                writers[i] = threads.submit(() -> write(handler, writer));
            }
            byte[] image = new byte[SIZE];
            TrackingPoint last = null;
            for (int moment = 0; moment < 25; moment++) {
                last = backup(rig, image, last);
            }
            stop.set(true);
            for (Future<?> writer : writers) {
                writer.get();
            }
        } catch (ExecutionException e) {
            throw new AssertionError(e.getCause());
        }
    }

    /** Brings the image, which is that of {@code base}, to a new moment. */
    private TrackingPoint backup(BackupRig rig, byte[] image, TrackingPoint base) throws IOException {
        long[] before = {written[0].get(), written[1].get()};
        try (FrozenDevice frozen = base == null ? rig.freeze() : rig.freeze(base)) {
            long[] after = {written[0].get(), written[1].get()};
            byte[] first = readChanged(rig, frozen, image, false);
            byte[] second = readChanged(rig, frozen, image, true);
            assertArrayEquals(first, second);
            System.arraycopy(second, 0, image, 0, SIZE);
            for (int writer = 0; writer < WRITERS; writer++) {
                check(image, writer, before[writer], after[writer] + 1);
            }
            return frozen.point().orElseThrow();
        }
    }

    /** In reads as long as can be, for many blocks to be written to while one lasts. */
    private static byte[] readChanged(BackupRig rig, FrozenDevice frozen, byte[] image, boolean last)
            throws IOException {
        byte[] read = image.clone();
        int end = 0;
        for (int from = nextChanged(frozen, 0); from < SIZE; from = nextChanged(frozen, end)) {
            end = from;
            while (end < SIZE && frozen.changed().touches(end, Tracking.BLOCK_SIZE)) {
                end += Tracking.BLOCK_SIZE;
            }
            System.arraycopy(rig.read(frozen, from, end - from), 0, read, from, end - from);
            if (last) {
                frozen.done(from, end - from);
            }
        }
        return read;
    }

    private static int nextChanged(FrozenDevice frozen, int from) {
        long next = frozen.changed().next(from);
        return next < 0 ? SIZE : (int) next;
    }

    private void check(byte[] image, int writer, long atLeast, long atMost) {
        long[] numbers = new long[EACH];
        for (int i = 0; i < EACH; i++) {
            numbers[i] = ByteBuffer.wrap(image).getLong(order[writer * EACH + i] * 512);
        }
        Arrays.sort(numbers);
        long newest = numbers[EACH - 1];
        assertTrue(newest >= atLeast && newest <= atMost, newest + " is not from " + atLeast + " to " + atMost);
        for (int i = 0; i < EACH; i++) {
            assertEquals(Math.max(0, newest - EACH + 1 + i), numbers[i]);
        }
    }

    private void write(BackupHandler handler, int writer) {
        ByteBuffer sector = ByteBuffer.allocateDirect(512);
        try {
            for (long number = 1; !stop.get(); number++) {
                int at = order[writer * EACH + (int) (number % EACH)];
                sector.clear().putLong(0, number);
                handler.write(at * 512L, sector);
                written[writer].set(number);
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private void shuffle(Random random) {
        for (int i = 0; i < SECTORS; i++) {
            int other = random.nextInt(i + 1);
            order[i] = order[other];
            order[other] = i;
        }
    }

    @Test
    void shouldWaitForNobodyWhenAReaderGoesAway() throws Exception {
        shuffle(new Random(1));
        try (BackupRig rig = new BackupRig(directory, SIZE)) {
            BackupHandler handler = rig.open();
            Future<?> writer = threads.submit(() -> write(handler, 0));
            for (int i = 0; i < 200; i++) {
                rig.point();
            }
            stop.set(true);
            writer.get();
        }
    }
}
