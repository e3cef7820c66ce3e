package org.dmuser.shim.dm;

import static org.dmuser.shim.dm.DeviceMapperRig.sectors;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
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

/** Bios in several pieces, and in copies, where there are very few pieces to be had. */
class PiecesTest {
    private static final int PIECES = 2;
    private static final String ZERO = "64 8 zero";

    private final HoldingDevice held = new HoldingDevice(64);
    private final CopyingTarget copying = new CopyingTarget(held, PIECES);
    private final RequeueingTarget requeueing = new RequeueingTarget();
    private final DeviceMapperRig rig = new DeviceMapperRig(
            () -> new PiecePool(PIECES),
            TestTargets.type("copying", context -> copying),
            TestTargets.type("requeueing", context -> requeueing));
    private final ExecutorService others = Executors.newCachedThreadPool();

    PiecesTest() {
        rig.add("held", held);
    }

    @AfterEach
    void close() {
        // Where a test has failed, something may still be held.
        others.submit(() -> {
            while (true) {
                held.take().end(Errno.OK);
            }
        });
        rig.close();
        others.shutdownNow();
    }

    /** Gives back all it is given, and has a suspend wait until that has been done. */
    private static final class RequeueingTarget extends AnyTarget {
        private final CountDownLatch presuspended = new CountDownLatch(1);
        private final CountDownLatch goOn = new CountDownLatch(1);

        @Override
        public MapResult map(Bio bio) {
            return MapResult.REQUEUE;
        }

        @Override
        public long lengthMax(Bio bio) {
            return Bio.SECTOR_SIZE;
        }

        @Override
        public void presuspend() {
            presuspended.countDown();
            TestTargets.await(goOn);
        }
    }

    private MappedDevice createInPiecesOfASector() throws DmException {
        rig.deviceType().maxBytes(Bio.SECTOR_SIZE);
        return rig.create("a", "0 64 device held 0", ZERO);
    }

    /** Asks with a discard that nobody hears of, and that would rather fail than wait. */
    private static void awaitClosedGate(MappedDevice device) throws InterruptedException {
        Errno status = Errno.OK;
        while (status == Errno.OK) {
            status = Completion.submit(device, BioOp.DISCARD, RequestFlags.RAHEAD, 64, 512, null)
                    .status();
        }
    }

    private Future<?> suspend(MappedDevice device) {
        return others.submit(() -> {
            device.suspend(true);
            return null;
        });
    }

    @Test
    void shouldWaitForAPieceWithoutAThread() throws Exception {
        MappedDevice device = createInPiecesOfASector();

        Completion read = Completion.read(device, 0, sectors(5));

        for (int i = 0; i < 5; i++) {
            // The last of the read is not a piece but what is left.
            assertTrue(held.heldCount() <= PIECES + 1);
            Bio piece = held.take();
            assertEquals(i, piece.sector());
            piece.end(Errno.OK);
        }
        assertEquals(Errno.OK, read.status());
    }

    @Test
    void shouldNotWaitWhereTheSubmitterDoesNot() throws Exception {
        MappedDevice device = createInPiecesOfASector();

        Completion read = Completion.submit(device, BioOp.READ, RequestFlags.NOWAIT, 0, 4 * 512, sectors(4));

        assertFalse(read.hasEnded());
        held.take().end(Errno.OK);
        held.take().end(Errno.OK);
        assertEquals(Errno.EAGAIN, read.status());
        assertEquals(0, held.heldCount());
    }

    @Test
    void shouldLetPassWhatNeedsNoPiece() throws Exception {
        MappedDevice device = createInPiecesOfASector();
        Completion large = Completion.read(device, 0, sectors(4));
        Completion small = Completion.read(device, 9, sectors(1));

        Bio first = held.take();
        Bio second = held.take();
        Bio third = held.take();

        assertEquals(List.of(0L, 1L, 9L), List.of(first.sector(), second.sector(), third.sector()));
        third.end(Errno.OK);
        assertEquals(Errno.OK, small.status());
        first.end(Errno.OK);
        held.take().end(Errno.OK);
        held.take().end(Errno.OK);
        second.end(Errno.EIO);
        assertEquals(Errno.EIO, large.status());
    }

    @Test
    void shouldServeThoseWhoWaitInTurn() throws Exception {
        MappedDevice device = createInPiecesOfASector();
        Completion first = Completion.read(device, 0, sectors(3));
        Completion second = Completion.read(device, 10, sectors(3));
        Completion third = Completion.read(device, 20, sectors(3));

        for (long sector : new long[] {0, 1, 2, 10, 11, 12, 20, 21, 22}) {
            Bio piece = held.take();
            assertEquals(sector, piece.sector());
            piece.end(Errno.OK);
        }
        assertEquals(Errno.OK, first.status());
        assertEquals(Errno.OK, second.status());
        assertEquals(Errno.OK, third.status());
    }

    @Test
    void shouldGiveATargetItsCopiesByNumber() throws Exception {
        MappedDevice device = rig.create("a", "0 16 copying", "16 16 device held 0");

        Completion discard = Completion.submit(device, BioOp.DISCARD, 0, 12, 8 * 512, null);

        Bio copy0 = held.take();
        Bio copy1 = held.take();
        assertEquals(List.of(0, 1), copying.numbers);
        assertEquals(List.of(12L, 12L), List.of(copy0.sector(), copy1.sector()));
        assertEquals(List.of(4 * 512L, 4 * 512L), List.of(copy0.length(), copy1.length()));
        copy1.end(Errno.OK);
        copy0.end(Errno.OK);
        held.take().end(Errno.OK);
        assertEquals(Errno.OK, discard.status());
    }

    @Test
    void shouldEndADiscardAsItsCopiesDo() throws Exception {
        MappedDevice device = rig.create("a", "0 16 copying");

        Completion zeroes = Completion.submit(device, BioOp.WRITE_ZEROES, 0, 0, 16 * 512, null);
        held.take().end(Errno.OK);
        held.take().end(Errno.ENOSPC);
        assertEquals(Errno.ENOSPC, zeroes.status());

        Completion read = Completion.read(device, 0, sectors(1));
        held.take().end(Errno.OK);
        assertEquals(Errno.OK, read.status());
        assertEquals(List.of(0, 1, 0), copying.numbers);
    }

    @Test
    void shouldGiveATargetItsCopiesOfAFlush() throws Exception {
        MappedDevice device = rig.create("a", "0 16 copying", "16 16 copying");

        Completion write = Completion.submit(device, BioOp.WRITE, RequestFlags.PREFLUSH, 0, 512, sectors(1, 7));

        for (int i = 0; i < 4; i++) {
            Bio flush = held.take();
            assertTrue(flush.isEmptyFlush());
            flush.end(Errno.OK);
        }
        Bio data = held.take();
        assertEquals(512, data.length());
        data.end(Errno.OK);
        assertEquals(Errno.OK, write.status());
        assertEquals(List.of(0, 1, 0, 1, 0), copying.numbers);
    }

    @Test
    void shouldBeSuspendedWhileBiosWaitForPieces() throws Exception {
        MappedDevice device = createInPiecesOfASector();
        Completion read = Completion.read(device, 0, sectors(4));
        Bio first = held.take();
        Bio second = held.take();
        Future<?> suspended = suspend(device);
        awaitClosedGate(device);

        first.end(Errno.OK);
        second.end(Errno.OK);
        suspended.get();

        assertEquals(0, held.heldCount());
        assertFalse(read.hasEnded());
        device.resume(false);
        held.take().end(Errno.OK);
        held.take().end(Errno.OK);
        assertEquals(Errno.OK, read.status());
    }

    @Test
    void shouldFlushAllOfANewTableIfThatComesInBetween() throws Exception {
        MappedDevice device = rig.create("a", "0 16 copying", "16 48 copying", ZERO);
        Completion flush = Completion.flush(device);
        Bio first = held.take();
        Bio second = held.take();
        rig.load("a", "0 16 device held 0", "16 16 device held 0", "32 16 device held 0");
        Future<?> resumed = others.submit(() -> {
            device.resume(true);
            return null;
        });
        awaitClosedGate(device);

        first.end(Errno.OK);
        second.end(Errno.OK);
        resumed.get();

        for (int i = 0; i < 3; i++) {
            assertFalse(flush.hasEnded());
            held.take().end(Errno.OK);
        }
        assertEquals(Errno.OK, flush.status());
        assertEquals(List.of(0, 1), copying.numbers);
    }

    /** If they kept their pieces, and needed more, they would wait for each other. */
    @Test
    void shouldTakeThePiecesOfWhatIsGivenBack() throws Exception {
        MappedDevice device = rig.create("a", "0 64 requeueing");
        rig.load("a", "0 64 copying");
        Future<?> resumed = others.submit(() -> {
            device.resume(true);
            return null;
        });
        requeueing.presuspended.await();
        List<Completion> discards = new ArrayList<>();
        for (int i = 0; i < 2 * PIECES; i++) {
            discards.add(Completion.submit(device, BioOp.DISCARD, 0, i * 8, 3 * 512, null));
        }

        requeueing.goOn.countDown();
        resumed.get();

        for (Completion discard : discards) {
            while (!discard.hasEnded()) {
                held.endAll(Errno.OK);
            }
            assertEquals(Errno.OK, discard.status());
        }
    }

    @Test
    void shouldFailWhatWaitsWhenTheDeviceIsRemoved() throws Exception {
        MappedDevice device = createInPiecesOfASector();
        Completion read = Completion.read(device, 0, sectors(4));
        Bio first = held.take();
        Bio second = held.take();
        Future<?> removed = others.submit(() -> {
            rig.mapper().remove("a");
            return null;
        });
        awaitClosedGate(device);

        first.end(Errno.OK);
        second.end(Errno.OK);
        removed.get();

        assertEquals(Errno.EIO, read.status());
        assertEquals(0, held.heldCount());
    }
}
