package org.dmuser.shim.dm;

import static org.dmuser.shim.dm.DeviceMapperRig.sectors;

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
import org.dmuser.shim.bio.MemoryDevice;
import org.dmuser.shim.dm.TestTargets.AnyTarget;

/** A device, one half of which holds bios back and the other does what it is told, and threads to suspend it on. */
final class SuspendRig implements AutoCloseable {
    final List<ScriptedTarget> targets = new ArrayList<>();
    final DeviceMapperRig dm = new DeviceMapperRig(TestTargets.type("scripted", context -> {
        targets.add(new ScriptedTarget());
        return targets.get(targets.size() - 1);
    }));
    final HoldingDevice held = new HoldingDevice(64);
    final MemoryDevice memory = new MemoryDevice(64);
    final ExecutorService others = Executors.newCachedThreadPool();
    final MappedDevice device;

    SuspendRig() throws DmException {
        dm.add("held", held);
        dm.add("memory", memory);
        device = dm.create("a", "0 32 device held 0", "32 32 scripted");
    }

    /** Suspends the device on another thread. */
    Future<?> suspendElsewhere(boolean noFlush) {
        return suspendElsewhere(device, noFlush);
    }

    Future<?> suspendElsewhere(MappedDevice suspended, boolean noFlush) {
        return others.submit(() -> {
            suspended.suspend(noFlush);
            return null;
        });
    }

    /** Submits until one is held back, which shows that the gate is closed. */
    List<Completion> submitUntilDeferred(long sector) throws InterruptedException {
        List<Completion> submitted = new ArrayList<>();
        do {
            submitted.add(Completion.read(device, sector, sectors(1)));
        } while (submitted.get(submitted.size() - 1).hasEnded());
        return submitted;
    }

    /** Asks with a flush that no target hears of, and that would rather fail than wait. */
    private static boolean mapsAreHeldBack(MappedDevice device) throws InterruptedException {
        Completion probe =
                Completion.submit(device, BioOp.WRITE, RequestFlags.PREFLUSH | RequestFlags.RAHEAD, 0, 0, null);
        return probe.hasEnded() && probe.status() == Errno.EIO;
    }

    /** Waits until the gate of {@code suspended} is closed. */
    static void awaitClosedGate(MappedDevice suspended) throws InterruptedException {
        while (!mapsAreHeldBack(suspended)) {
            Thread.onSpinWait();
        }
    }

    @Override
    public void close() {
        others.shutdownNow();
        dm.close();
    }

    /** Does what a test tells it to. */
    static final class ScriptedTarget extends AnyTarget {
        final CountDownLatch presuspended = new CountDownLatch(1);
        volatile Thread suspender;
        volatile boolean requeues;
        boolean refusesResume;
        Runnable onClose = () -> {};

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
}
