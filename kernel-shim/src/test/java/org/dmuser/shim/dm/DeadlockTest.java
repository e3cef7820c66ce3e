package org.dmuser.shim.dm;

import static org.dmuser.shim.dm.DeviceMapperRig.sectors;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Supplier;
import org.dmuser.channel.Errno;
import org.dmuser.channel.RequestFlags;
import org.dmuser.shim.bio.Bio;
import org.dmuser.shim.bio.BioOp;
import org.dmuser.shim.bio.Completion;
import org.dmuser.shim.bio.HoldingDevice;
import org.dmuser.shim.dm.TestTargets.AnyTarget;
import org.dmuser.shim.dm.TestTargets.CopyingTarget;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The dead-locks that Linux had before 4.16, and the discussion of 2017 was about: a target that waits in map for an
 * earlier piece of the same bio, very few pieces, flushes and discards in several copies, and many submitters.
 */
class DeadlockTest {
    private static final int SUBMITTERS = 6;
    private static final int ROUNDS = 60;
    private static final int SECTORS_EACH = 8;
    private static final int COPIES = 2;
    private static final String[] TABLE = {"0 64 waiting", "64 64 copying", "128 64 copying"};

    private final HoldingDevice held = new HoldingDevice(192);
    private final Queue<String> violations = new ConcurrentLinkedQueue<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private DeviceMapperRig rig;

    private MappedDevice create(Supplier<Pieces> pieces) throws DmException {
        rig = new DeviceMapperRig(
                pieces,
                TestTargets.type("waiting", context -> new WaitingTarget()),
                TestTargets.type("copying", context -> new CopyingTarget(held, COPIES)));
        return rig.create("a", TABLE);
    }

    @AfterEach
    void close() {
        // Where a test has failed, something may still be held.
        endOnAnotherThread();
        rig.close();
        threads.shutdownNow();
    }

    /** Waits in map until the piece in front has ended: takes pieces of one sector. */
    private final class WaitingTarget extends AnyTarget {
        private final AtomicReferenceArray<CountDownLatch> ends = new AtomicReferenceArray<>(64);

        @Override
        public MapResult map(Bio bio) {
            int sector = (int) bio.sector();
            if (sector % SECTORS_EACH > 0) {
                awaitEnd(sector - 1);
            }
            CountDownLatch end = new CountDownLatch(1);
            ends.set(sector, end);
            bio.push((same, status) -> {
                end.countDown();
                return status;
            });
            bio.remap(held, sector);
            return MapResult.REMAPPED;
        }

        private void awaitEnd(int sector) {
            try {
                if (!ends.get(sector).await(120, TimeUnit.SECONDS)) {
                    violations.add("sector " + sector + " has not even been sent");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public boolean acceptsFlush() {
            return false;
        }

        @Override
        public long lengthMax(Bio bio) {
            return Bio.SECTOR_SIZE;
        }
    }

    private Future<?> endOnAnotherThread() {
        return threads.submit(() -> {
            while (true) {
                held.take().end(Errno.OK);
            }
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {1, COPIES, COPIES + 1})
    void shouldNotDeadlockWithVeryFewPieces(int pieces) throws Exception {
        MappedDevice device = create(() -> new PiecePool(pieces));
        endOnAnotherThread();
        List<Future<?>> submitters = new ArrayList<>();
        for (int i = 0; i < SUBMITTERS; i++) {
            int first = i * SECTORS_EACH;
            submitters.add(threads.submit(() -> submitAll(device, first)));
        }
        for (Future<?> submitter : submitters) {
            submitter.get();
        }
        assertEquals(List.of(), List.copyOf(violations));
    }

    private static Void submitAll(MappedDevice device, int first) throws InterruptedException {
        for (int round = 0; round < ROUNDS; round++) {
            List<Completion> submitted = List.of(
                    Completion.read(device, first, sectors(SECTORS_EACH)),
                    Completion.flush(device),
                    Completion.submit(device, BioOp.WRITE, RequestFlags.PREFLUSH, 120, 16 * 512, sectors(16)),
                    Completion.submit(device, BioOp.DISCARD, 0, 120, 16 * 512, null));
            for (Completion completion : submitted) {
                assertEquals(Errno.OK, completion.status());
            }
        }
        return null;
    }

    @Test
    void shouldDeadlockIfPiecesWereGivenOutOneAtATime() throws Exception {
        OneAtATime pieces = new OneAtATime(COPIES);
        MappedDevice device = create(() -> pieces);
        List<Bio> blocking = takeAllPieces(device);
        List<Completion> rivals = List.of(Completion.flush(device), Completion.flush(device));

        blocking.get(0).end(Errno.OK);
        pieces.awaitHoarded(1);
        blocking.get(1).end(Errno.OK);
        pieces.awaitHoarded(COPIES);

        // Each has a piece and waits for one more, and nothing is under way that could end and bring one.
        assertEquals(0, held.heldCount());
        assertFalse(rivals.get(0).hasEnded() || rivals.get(1).hasEnded());

        pieces.add(COPIES);
        endOnAnotherThread();
        Completion nudge = Completion.submit(device, BioOp.DISCARD, 0, 64, 512, null);
        assertEquals(Errno.OK, nudge.status());
        assertEquals(Errno.OK, rivals.get(0).status());
        assertEquals(Errno.OK, rivals.get(1).status());
    }

    @Test
    void shouldServeOneAfterTheOtherWhereThatDeadlocks() throws Exception {
        MappedDevice device = create(() -> new PiecePool(COPIES));
        List<Bio> blocking = takeAllPieces(device);
        List<Completion> rivals = List.of(Completion.flush(device), Completion.flush(device));

        blocking.get(0).end(Errno.OK);
        blocking.get(1).end(Errno.OK);

        for (int i = 0; i < 2 * COPIES * 2; i++) {
            held.take().end(Errno.OK);
        }
        assertEquals(Errno.OK, rivals.get(0).status());
        assertEquals(Errno.OK, rivals.get(1).status());
    }

    /** Discards that have a piece each, the only thing that is left of them. */
    private List<Bio> takeAllPieces(MappedDevice device) throws InterruptedException {
        List<Bio> pieces = new ArrayList<>();
        for (int i = 0; i < COPIES; i++) {
            Completion.submit(device, BioOp.DISCARD, 0, 64, 512, null);
            pieces.add(held.take());
            held.take().end(Errno.OK);
        }
        return pieces;
    }
}
