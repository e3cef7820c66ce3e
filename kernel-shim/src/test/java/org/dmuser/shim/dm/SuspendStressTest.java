package org.dmuser.shim.dm;

import static org.dmuser.shim.dm.DeviceMapperRig.sectors;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.dmuser.channel.Errno;
import org.dmuser.channel.RequestFlags;
import org.dmuser.shim.bio.Bio;
import org.dmuser.shim.bio.BioOp;
import org.dmuser.shim.bio.Completion;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tables are exchanged under load: no bio is lost, and none is inside a target that is suspended or closed. */
class SuspendStressTest {
    private static final int SUBMITTERS = 3;
    private static final int CYCLES = 400;
    /** Fewer cycles on a machine where they take longer. */
    private static final long MAX_NS = TimeUnit.SECONDS.toNanos(10);

    private static final int DEVICE_SECTORS = 24;

    private final Queue<String> violations = new ConcurrentLinkedQueue<>();
    private final BlockingQueue<Runnable> ends = new LinkedBlockingQueue<>();
    private final AtomicInteger made = new AtomicInteger();
    private final DeviceMapperRig rig =
            new DeviceMapperRig(TestTargets.type("watched", context -> new WatchedTarget(made.incrementAndGet())));
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private volatile boolean done;

    @AfterEach
    void close() throws Exception {
        threads.shutdownNow();
        rig.close();
    }

    /** Ends some bios at once and some on another thread, and sees who is inside when nobody may be. */
    private final class WatchedTarget implements Target {
        private final SplittableRandom random;
        private final AtomicInteger inside = new AtomicInteger();
        private volatile boolean resumed;

        WatchedTarget(int seed) {
            random = new SplittableRandom(seed);
        }

        private synchronized boolean endsElsewhere() {
            return random.nextBoolean();
        }

        @Override
        public MapResult map(Bio bio) {
            inside.incrementAndGet();
            if (!resumed) {
                violations.add("mapped while suspended: " + bio);
            }
            if (endsElsewhere()) {
                ends.add(() -> end(bio));
            } else {
                end(bio);
                Thread.yield();
                if (!resumed) {
                    violations.add("suspended while in map");
                }
            }
            return MapResult.SUBMITTED;
        }

        private void end(Bio bio) {
            inside.decrementAndGet();
            bio.end(Errno.OK);
        }

        @Override
        public boolean accepts(BioOp op) {
            return true;
        }

        @Override
        public boolean acceptsFlush() {
            return true;
        }

        @Override
        public void postsuspend() {
            if (inside.get() != 0) {
                violations.add(inside + " bios inside a suspended target");
            }
            resumed = false;
        }

        @Override
        public void resume() {
            resumed = true;
        }

        @Override
        public void close() {
            if (resumed) {
                violations.add("closed without having been suspended");
            }
        }
    }

    @Test
    void shouldLoseNoBioWhenTablesAreExchangedUnderLoad() throws Exception {
        MappedDevice device = rig.create("a", table(8));
        threads.submit(() -> {
            while (true) {
                ends.take().run();
            }
        });
        List<Future<?>> submitters = new ArrayList<>();
        AtomicLong ended = new AtomicLong();
        for (int i = 0; i < SUBMITTERS; i++) {
            int seed = i;
            submitters.add(threads.submit(() -> submitUntilDone(device, new SplittableRandom(seed), ended)));
        }

        long beganNs = System.nanoTime();
        for (int cycle = 0; cycle < CYCLES && System.nanoTime() - beganNs < MAX_NS; cycle++) {
            long before = ended.get();
            rig.load("a", table(1 + cycle % (DEVICE_SECTORS - 1)));
            if (cycle % 2 == 0) {
                device.suspend(false);
            }
            device.resume(false);
            while (ended.get() < before + SUBMITTERS) {
                Thread.onSpinWait();
            }
        }

        done = true;
        for (Future<?> submitter : submitters) {
            submitter.get();
        }
        assertTrue(violations.isEmpty(), violations.toString());
        device.suspend(false);
        assertTrue(violations.isEmpty(), violations.toString());
    }

    private static String[] table(int first) {
        return new String[] {"0 " + first + " watched", first + " " + (DEVICE_SECTORS - first) + " watched"};
    }

    private Void submitUntilDone(MappedDevice device, SplittableRandom random, AtomicLong ended) throws Exception {
        ByteBuffer data = sectors(DEVICE_SECTORS);
        while (!done) {
            int sector = random.nextInt(DEVICE_SECTORS);
            long length = (1 + random.nextInt(DEVICE_SECTORS - sector)) * (long) Bio.SECTOR_SIZE;
            long flags = random.nextInt(4) == 0 ? RequestFlags.PREFLUSH : 0;
            Completion completion = Completion.submit(device, BioOp.WRITE, flags, sector, length, data);
            assertEquals(Errno.OK, completion.status());
            ended.incrementAndGet();
        }
        return null;
    }
}
