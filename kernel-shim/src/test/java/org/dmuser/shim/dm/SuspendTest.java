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
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import org.dmuser.channel.Errno;
import org.dmuser.channel.RequestFlags;
import org.dmuser.shim.bio.Bio;
import org.dmuser.shim.bio.BioOp;
import org.dmuser.shim.bio.Completion;
import org.dmuser.shim.dm.SuspendRig.ScriptedTarget;
import org.dmuser.shim.dm.TestTargets.AnyTarget;
import org.dmuser.shim.dm.TestTargets.SlowTarget;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** What becomes of bios while a device is suspended, and after. */
class SuspendTest {
    @AutoClose
    private final SuspendRig rig;

    SuspendTest() throws DmException {
        rig = new SuspendRig();
    }

    @Test
    void shouldTellTheTargetsInOrder() throws Exception {
        ScriptedTarget target = rig.targets.get(0);
        assertEquals(List.of("preresume", "resume"), target.calls);
        target.calls.clear();

        rig.device.suspend(false);
        rig.device.suspend(false);
        assertEquals(List.of("presuspend", "postsuspend"), target.calls);
        rig.device.resume(false);
        rig.device.resume(false);

        assertEquals(List.of("presuspend", "postsuspend", "preresume", "resume"), target.calls);
    }

    @Test
    void shouldWaitForBiosInsideAndHoldBackNewOnes() throws Exception {
        Completion inside = Completion.read(rig.device, 0, sectors(1));
        Bio below = rig.held.take();
        Future<?> suspend = rig.suspendElsewhere(false);
        List<Completion> probes = rig.submitUntilDeferred(32);
        assertFalse(rig.device.info().suspended());

        below.end(Errno.OK);
        suspend.get();

        assertEquals(Errno.OK, inside.status());
        assertTrue(rig.device.info().suspended());
        assertFalse(probes.get(probes.size() - 1).hasEnded());
        rig.device.resume(false);
        assertEquals(Errno.OK, probes.get(probes.size() - 1).status());
    }

    @Test
    void shouldMapHeldBackBiosInOrderByTheNewTable() throws Exception {
        rig.device.suspend(false);
        List<Completion> deferred = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            deferred.add(Completion.read(rig.device, i, sectors(1)));
        }
        rig.dm.load("a", "0 54 device held 10");

        rig.device.resume(false);

        for (int i = 0; i < 20; i++) {
            Bio bio = rig.held.take();
            assertEquals(10 + i, bio.sector());
            bio.end(Errno.OK);
        }
        for (Completion completion : deferred) {
            assertEquals(Errno.OK, completion.status());
        }
        assertEquals(
                "close", rig.targets.get(0).calls.get(rig.targets.get(0).calls.size() - 1));
    }

    @Test
    void shouldStopMappingHeldBackBiosWhenItIsSuspendedAgain() throws Exception {
        SlowTarget target = new SlowTarget();
        DeviceMapperRig slow = new DeviceMapperRig(TestTargets.type("slow", context -> target));
        try (slow) {
            MappedDevice slowDevice = slow.create("slow", "0 8 slow");
            slowDevice.suspend(false);
            List<Completion> deferred = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                deferred.add(Completion.read(slowDevice, i, sectors(1)));
            }
            slowDevice.resume(false);
            target.entered.await();
            Future<?> suspend = rig.suspendElsewhere(slowDevice, false);
            // Held back like the others, and by that behind them, once the gate is closed.
            SuspendRig.awaitClosedGate(slowDevice);
            target.goOn.countDown();
            suspend.get();

            assertEquals(List.of(0L), target.mapped);
            assertEquals(Errno.OK, deferred.get(0).status());
            assertFalse(deferred.get(1).hasEnded());
            slowDevice.resume(false);
            for (Completion completion : deferred) {
                assertEquals(Errno.OK, completion.status());
            }
            assertEquals(List.of(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L), target.mapped);
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
                TestTargets.await(goOn);
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
            Future<Completion> read = rig.others.submit(() -> Completion.read(slowDevice, 0, sectors(1)));
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

    @Test
    void shouldFailBiosThatWouldRatherNotWait() throws Exception {
        rig.device.suspend(false);

        assertEquals(
                Errno.EAGAIN,
                Completion.submit(rig.device, BioOp.READ, RequestFlags.NOWAIT, 0, 512, sectors(1))
                        .status());
        assertEquals(
                Errno.EIO,
                Completion.submit(rig.device, BioOp.READ, RequestFlags.RAHEAD, 0, 512, sectors(1))
                        .status());
        assertEquals(Errno.EIO, Completion.read(rig.device, 64, sectors(1)).status());
    }

    @Test
    void shouldDeferTheRemainderOfASplitAndMapItByTheNewTable() throws Exception {
        Completion[] write = new Completion[1];
        SlowTarget target = new SlowTarget();
        DeviceMapperRig other = new DeviceMapperRig(TestTargets.type("slow", context -> target));
        other.add("memory", rig.memory);
        try (other) {
            MappedDevice slow = other.create("slow", "0 1 slow", "1 7 error");
            Future<?> submit = rig.others.submit(() -> {
                write[0] = Completion.write(slow, 0, sectors(8, 5));
            });
            target.entered.await();
            Future<?> suspend = rig.suspendElsewhere(slow, false);
            SuspendRig.awaitClosedGate(slow);
            target.goOn.countDown();
            suspend.get();
            submit.get();
            assertFalse(write[0].hasEnded());
            other.load("slow", "0 4 device memory 0", "4 4 device memory 20");

            slow.resume(false);

            assertEquals(Errno.OK, write[0].status());
            assertEquals(0, rig.memory.content()[0]);
            assertEquals(5, rig.memory.content()[512]);
            assertEquals(5, rig.memory.content()[20 * 512]);
        }
    }

    @Test
    void shouldTakeRequeuedBiosBackDuringANoFlushSuspendAndMapThemFirst() throws Exception {
        Completion.read(rig.device, 0, sectors(1));
        ScriptedTarget target = rig.targets.get(0);
        target.requeues = true;
        Future<?> suspend = rig.suspendElsewhere(true);
        target.presuspended.await();
        // The gate may be open or closed now; held back they are in any case.
        Completion requeued = Completion.read(rig.device, 33, sectors(1));
        Completion split = Completion.read(rig.device, 34, sectors(2));
        rig.held.endAll(Errno.OK);
        suspend.get();
        assertFalse(requeued.hasEnded() || split.hasEnded());
        rig.dm.load("a", "0 35 zero", "35 29 zero");

        rig.device.resume(false);

        assertEquals(Errno.OK, requeued.status());
        assertEquals(Errno.OK, split.status());
    }

    @Test
    void shouldFailHeldBackBiosWhenItIsRemoved() throws Exception {
        rig.device.suspend(false);
        Completion deferred = Completion.read(rig.device, 0, sectors(1));

        rig.dm.mapper().remove("a");

        assertEquals(Errno.EIO, deferred.status());
        assertEquals(Errno.EIO, Completion.read(rig.device, 0, sectors(1)).status());
        assertEquals(
                "close", rig.targets.get(0).calls.get(rig.targets.get(0).calls.size() - 1));
        assertThrows(DmException.class, () -> rig.device.suspend(false));
        assertThrows(DmException.class, () -> rig.device.resume(false));
    }
}
