package org.dmuser.shim.dm;

import static org.dmuser.shim.dm.DeviceMapperRig.sectors;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.Thread.State;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import org.dmuser.channel.Errno;
import org.dmuser.channel.RequestFlags;
import org.dmuser.shim.bio.Bio;
import org.dmuser.shim.bio.BioOp;
import org.dmuser.shim.bio.Completion;
import org.dmuser.shim.bio.HoldingDevice;
import org.dmuser.shim.bio.MemoryDevice;
import org.dmuser.shim.dm.TestTargets.AnyTarget;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class SuspendTest {
    private final List<ScriptedTarget> targets = new ArrayList<>();
    private final DeviceMapperRig rig = new DeviceMapperRig(TestTargets.type("scripted", context -> {
        targets.add(new ScriptedTarget());
        return targets.get(targets.size() - 1);
    }));
    private final HoldingDevice held = new HoldingDevice(64);
    private final MemoryDevice memory = new MemoryDevice(64);
    private final ExecutorService others = Executors.newCachedThreadPool();
    private MappedDevice device;

    private static final class ScriptedTarget extends AnyTarget {
        private final CountDownLatch presuspended = new CountDownLatch(1);
        private volatile Thread suspender;
        private volatile boolean requeues;
        private boolean refusesResume;
        private Runnable onClose = () -> {};

        @Override
        public MapResult map(Bio bio) {
            return requeues ? MapResult.REQUEUE : super.map(bio);
        }

        @Override
        public void presuspend() {
            super.presuspend();
            suspender = Thread.currentThread();
            presuspended.countDown();
        }

        @Override
        public void close() {
            super.close();
            onClose.run();
        }

        @Override
        public void preresume() throws DmException {
            super.preresume();
            if (refusesResume) {
                throw new DmException(Errno.ENOSPC, "no");
            }
        }
    }

    @BeforeEach
    void createDevice() throws DmException {
        rig.add("held", held);
        rig.add("memory", memory);
        device = rig.create("a", "0 32 device held 0", "32 32 scripted");
    }

    @AfterEach
    void close() {
        others.shutdownNow();
        rig.close();
    }

    private Future<?> suspendElsewhere(boolean noFlush) {
        return others.submit(() -> {
            device.suspend(noFlush);
            return null;
        });
    }

    /** Submits until one is held back, which shows that the gate is closed. */
    private List<Completion> submitUntilDeferred(long sector) throws InterruptedException {
        List<Completion> submitted = new ArrayList<>();
        do {
            submitted.add(Completion.read(device, sector, sectors(1)));
        } while (submitted.get(submitted.size() - 1).hasEnded());
        return submitted;
    }

    @Test
    void shouldTellTheTargetsInOrder() throws Exception {
        ScriptedTarget target = targets.get(0);
        assertEquals(List.of("preresume", "resume"), target.calls);
        target.calls.clear();

        device.suspend(false);
        device.suspend(false);
        assertEquals(List.of("presuspend", "postsuspend"), target.calls);
        device.resume(false);
        device.resume(false);

        assertEquals(List.of("presuspend", "postsuspend", "preresume", "resume"), target.calls);
    }

    @Test
    @Timeout(20)
    void shouldCloseTablesWithoutTheControlLock() throws Exception {
        rig.load("a", "0 32 scripted");
        rig.load("a", "0 16 scripted", "16 16 device memory 60");
        targets.forEach(target -> target.onClose = this::askElsewhere);
        assertThrows(DmException.class, () -> device.resume(false));
        device.resume(false);

        rig.load("a", "0 32 scripted");
        device.resume(false);
        rig.load("a", "0 32 scripted");
        targets.forEach(target -> target.onClose = this::askElsewhere);
        rig.mapper().remove("a");

        assertTrue(targets.stream().allMatch(target -> target.calls.contains("close")));
    }

    /** Suspends, which takes the control lock, on another thread, and waits for that. */
    private void askElsewhere() {
        try {
            suspendElsewhere(false).get();
        } catch (ExecutionException e) {
            assertEquals(Errno.ENXIO, ((DmException) e.getCause()).errno());
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void shouldWaitForBiosInsideAndHoldBackNewOnes() throws Exception {
        Completion inside = Completion.read(device, 0, sectors(1));
        Bio below = held.take();
        Future<?> suspend = suspendElsewhere(false);
        List<Completion> probes = submitUntilDeferred(32);
        assertFalse(device.info().suspended());

        below.end(Errno.OK);
        suspend.get();

        assertEquals(Errno.OK, inside.status());
        assertTrue(device.info().suspended());
        assertFalse(probes.get(probes.size() - 1).hasEnded());
        device.resume(false);
        assertEquals(Errno.OK, probes.get(probes.size() - 1).status());
    }

    @Test
    void shouldMapHeldBackBiosInOrderByTheNewTable() throws Exception {
        device.suspend(false);
        List<Completion> deferred = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            deferred.add(Completion.read(device, i, sectors(1)));
        }
        rig.load("a", "0 54 device held 10");

        device.resume(false);

        for (int i = 0; i < 20; i++) {
            Bio bio = held.take();
            assertEquals(10 + i, bio.sector());
            bio.end(Errno.OK);
        }
        for (Completion completion : deferred) {
            assertEquals(Errno.OK, completion.status());
        }
        assertEquals("close", targets.get(0).calls.get(targets.get(0).calls.size() - 1));
    }

    @Test
    void shouldStopMappingHeldBackBiosWhenItIsSuspendedAgain() throws Exception {
        CountDownLatch firstMapped = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        List<Long> mapped = new ArrayList<>();
        DeviceMapperRig slow = new DeviceMapperRig(TestTargets.type("slow", context -> new AnyTarget() {
            @Override
            public MapResult map(Bio bio) {
                mapped.add(bio.sector());
                firstMapped.countDown();
                awaitQuietly(goOn);
                return super.map(bio);
            }

            @Override
            public boolean acceptsFlush() {
                return false;
            }
        }));
        try (slow) {
            MappedDevice slowDevice = slow.create("slow", "0 8 slow");
            slowDevice.suspend(false);
            List<Completion> deferred = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                deferred.add(Completion.read(slowDevice, i, sectors(1)));
            }
            slowDevice.resume(false);
            firstMapped.await();
            Future<?> suspend = others.submit(() -> {
                slowDevice.suspend(false);
                return null;
            });
            // Held back like the others, and by that behind them, once the gate is closed.
            while (!mapsAreHeldBack(slowDevice)) {
                Thread.onSpinWait();
            }
            goOn.countDown();
            suspend.get();

            assertEquals(List.of(0L), mapped);
            assertEquals(Errno.OK, deferred.get(0).status());
            assertFalse(deferred.get(1).hasEnded());
            slowDevice.resume(false);
            for (Completion completion : deferred) {
                assertEquals(Errno.OK, completion.status());
            }
            assertEquals(List.of(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L), mapped);
        }
    }

    @Test
    void shouldWaitForAThreadThatIsStillMappingABioThatHasEnded() throws Exception {
        CountDownLatch inMap = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        List<String> order = Collections.synchronizedList(new ArrayList<>());
        DeviceMapperRig slow = new DeviceMapperRig(TestTargets.type("slow", context -> new AnyTarget() {
            @Override
            public MapResult map(Bio bio) {
                bio.end(Errno.OK);
                inMap.countDown();
                awaitQuietly(goOn);
                order.add("mapped");
                return MapResult.SUBMITTED;
            }

            @Override
            public boolean acceptsFlush() {
                return false;
            }

            @Override
            public void postsuspend() {
                order.add("suspended");
            }
        }));
        try (slow) {
            MappedDevice slowDevice = slow.create("slow", "0 8 slow");
            Future<Completion> read = others.submit(() -> Completion.read(slowDevice, 0, sectors(1)));
            inMap.await();
            FutureTask<?> suspend = new FutureTask<>(() -> {
                slowDevice.suspend(false);
                return null;
            });
            Thread suspender = new Thread(suspend);
            suspender.start();
            // It gets no further than this without the other thread.
            while (suspender.getState() != State.WAITING && suspender.getState() != State.TERMINATED) {
                Thread.onSpinWait();
            }

            goOn.countDown();
            suspend.get();

            assertEquals(List.of("mapped", "suspended"), order);
            assertEquals(Errno.OK, read.get().status());
        }
    }

    /** Asks with a flush that no target hears of, and that would rather fail than wait. */
    private static boolean mapsAreHeldBack(MappedDevice device) throws InterruptedException {
        Completion probe =
                Completion.submit(device, BioOp.WRITE, RequestFlags.PREFLUSH | RequestFlags.RAHEAD, 0, 0, null);
        return probe.hasEnded() && probe.status() == Errno.EIO;
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void shouldFailBiosThatWouldRatherNotWait() throws Exception {
        device.suspend(false);

        assertEquals(
                Errno.EAGAIN,
                Completion.submit(device, BioOp.READ, RequestFlags.NOWAIT, 0, 512, sectors(1))
                        .status());
        assertEquals(
                Errno.EIO,
                Completion.submit(device, BioOp.READ, RequestFlags.RAHEAD, 0, 512, sectors(1))
                        .status());
        assertEquals(Errno.EIO, Completion.read(device, 64, sectors(1)).status());
    }

    @Test
    void shouldUndoASuspendThatIsInterrupted() throws Exception {
        Completion inside = Completion.read(device, 0, sectors(1));
        Bio below = held.take();
        ScriptedTarget target = targets.get(0);
        target.calls.clear();
        Future<?> suspend = suspendElsewhere(false);
        target.presuspended.await();
        List<Completion> probes = submitUntilDeferred(40);

        target.suspender.interrupt();

        ExecutionException thrown = assertThrows(ExecutionException.class, suspend::get);
        assertEquals(Errno.EINTR, ((DmException) thrown.getCause()).errno());
        assertEquals(List.of("presuspend", "presuspendUndo"), target.calls);
        assertEquals(Errno.OK, probes.get(probes.size() - 1).status());
        assertFalse(device.info().suspended());
        below.end(Errno.OK);
        assertEquals(Errno.OK, inside.status());
    }

    @Test
    void shouldPutTheTableBackWhenTheSuspendBeforeAResumeIsInterrupted() throws Exception {
        Completion.read(device, 0, sectors(1));
        rig.load("a", "0 8 zero");
        Future<?> resume = others.submit(() -> {
            device.resume(false);
            return null;
        });
        targets.get(0).presuspended.await();
        targets.get(0).suspender.interrupt();

        assertThrows(ExecutionException.class, resume::get);

        assertTrue(device.info().inactive());
        assertEquals(64, device.sectors());
        held.endAll(Errno.OK);
        device.resume(false);
        assertEquals(8, device.sectors());
    }

    @Test
    void shouldDeferTheRemainderOfASplitAndMapItByTheNewTable() throws Exception {
        Completion[] write = new Completion[1];
        CountDownLatch inMap = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        DeviceMapperRig other = new DeviceMapperRig(TestTargets.type("slow", context -> new AnyTarget() {
            @Override
            public MapResult map(Bio bio) {
                inMap.countDown();
                awaitQuietly(goOn);
                return super.map(bio);
            }

            @Override
            public boolean acceptsFlush() {
                return false;
            }
        }));
        other.add("memory", memory);
        try (other) {
            MappedDevice slow = other.create("slow", "0 1 slow", "1 7 error");
            Future<?> submit = others.submit(() -> {
                write[0] = Completion.write(slow, 0, sectors(8, 5));
            });
            inMap.await();
            Future<?> suspend = others.submit(() -> {
                slow.suspend(false);
                return null;
            });
            while (!mapsAreHeldBack(slow)) {
                Thread.onSpinWait();
            }
            goOn.countDown();
            suspend.get();
            submit.get();
            assertFalse(write[0].hasEnded());
            other.load("slow", "0 4 device memory 0", "4 4 device memory 20");

            slow.resume(false);

            assertEquals(Errno.OK, write[0].status());
            assertEquals(0, memory.content()[0]);
            assertEquals(5, memory.content()[512]);
            assertEquals(5, memory.content()[20 * 512]);
        }
    }

    @Test
    void shouldTakeRequeuedBiosBackDuringANoFlushSuspendAndMapThemFirst() throws Exception {
        Completion.read(device, 0, sectors(1));
        ScriptedTarget target = targets.get(0);
        target.requeues = true;
        Future<?> suspend = suspendElsewhere(true);
        target.presuspended.await();
        // The gate may be open or closed now; held back they are in any case.
        Completion requeued = Completion.read(device, 33, sectors(1));
        Completion split = Completion.read(device, 34, sectors(2));
        held.endAll(Errno.OK);
        suspend.get();
        assertFalse(requeued.hasEnded() || split.hasEnded());
        rig.load("a", "0 35 zero", "35 29 zero");

        device.resume(false);

        assertEquals(Errno.OK, requeued.status());
        assertEquals(Errno.OK, split.status());
    }

    @Test
    void shouldStaySuspendedWithTheNewTableWhenATargetRefusesToResume() throws Exception {
        rig.load("a", "0 8 scripted");
        targets.get(1).refusesResume = true;

        DmException thrown = assertThrows(DmException.class, () -> device.resume(false));

        assertEquals(Errno.ENOSPC, thrown.errno());
        assertEquals("target scripted at sector 0: no", thrown.getMessage());
        assertTrue(device.info().suspended());
        assertEquals(8, device.sectors());
        assertEquals("close", targets.get(0).calls.get(targets.get(0).calls.size() - 1));
        targets.get(1).refusesResume = false;
        device.resume(false);
        assertFalse(device.info().suspended());
    }

    @Test
    void shouldNotResumeASuspendedDeviceWithoutATable() throws Exception {
        MappedDevice empty = rig.mapper().create("empty");
        empty.resume(false);
        empty.suspend(false);

        DmException thrown = assertThrows(DmException.class, () -> empty.resume(false));

        assertEquals(Errno.EINVAL, thrown.errno());
        assertTrue(empty.info().suspended());
    }

    @Test
    void shouldKeepTheLastOfTwoLoadedTables() throws Exception {
        rig.load("a", "0 8 scripted");
        rig.load("a", "0 9 scripted");
        assertEquals(List.of("close"), targets.get(1).calls);
        assertEquals(64, device.sectors());

        device.resume(false);

        assertEquals(9, device.sectors());
    }

    @Test
    void shouldClearTheInactiveTable() throws Exception {
        rig.load("a", "0 8 scripted");

        device.clear();
        device.clear();

        assertEquals(List.of("close"), targets.get(1).calls);
        device.resume(false);
        assertEquals(64, device.sectors());
    }

    @Test
    void shouldFailHeldBackBiosWhenItIsRemoved() throws Exception {
        device.suspend(false);
        Completion deferred = Completion.read(device, 0, sectors(1));

        rig.mapper().remove("a");

        assertEquals(Errno.EIO, deferred.status());
        assertEquals(Errno.EIO, Completion.read(device, 0, sectors(1)).status());
        assertEquals("close", targets.get(0).calls.get(targets.get(0).calls.size() - 1));
        assertThrows(DmException.class, () -> device.suspend(false));
        assertThrows(DmException.class, () -> device.resume(false));
    }

    @Test
    void shouldStayWhenItsRemovalIsInterrupted() throws Exception {
        Completion inside = Completion.read(device, 0, sectors(1));
        Future<?> removal = others.submit(() -> {
            rig.mapper().remove("a");
            return null;
        });
        targets.get(0).presuspended.await();
        DmException opened = assertThrows(DmException.class, device::open);
        assertEquals(Errno.ENXIO, opened.errno());

        targets.get(0).suspender.interrupt();
        assertThrows(ExecutionException.class, removal::get);

        device.open();
        device.release();
        held.endAll(Errno.OK);
        assertEquals(Errno.OK, inside.status());
        rig.mapper().remove("a");
    }

    @Test
    void shouldCountEventsAndWakeThoseWhoWait() throws Exception {
        Future<Long> event = others.submit(() -> device.awaitEvent(0));
        device.raiseEvent();

        assertEquals(1, event.get());
        assertEquals(1, device.info().eventNumber());
        assertEquals(1, device.awaitEvent(7));
    }
}
