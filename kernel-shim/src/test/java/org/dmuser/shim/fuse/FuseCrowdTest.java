package org.dmuser.shim.fuse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.dmuser.channel.Errno;
import org.dmuser.shim.file.MemoryDevice;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** More is asked of a mounted device than it answers: what can be answered is. */
@ParameterizedClass
@EnumSource(Transport.class)
final class FuseCrowdTest {
    @Parameter
    Transport transport;

    private static final int SIZE = 4 * 1024 * 1024;

    /** As many requests at a time as every transport takes, but for some that threads at rest keep. */
    private static final int UNDER_WAY_MIN = 240;

    /** Requests, more than there are threads that do not depend on how many there are. */
    private static final int WAITING = 20;

    private final MemoryDevice device = new MemoryDevice(SIZE);

    @Test
    void shouldAnswerStatAndOpenWhileTheDeviceAnswersNothing() throws Exception {
        device.hold();
        List<Command> readers = new ArrayList<>();
        try (MountRig rig = MountRig.mounted(transport, "absent", device)) {
            for (int i = 0; i < WAITING; i++) {
                readers.add(Command.start("dd", "if=" + rig.path, "of=/dev/null", "bs=4k", "count=1", "skip=" + i));
            }
            while (device.heldCount() < readers.size()) {
                Thread.onSpinWait();
            }
            assertEquals(Integer.toString(SIZE), Command.run("stat", "-c", "%s", rig.path));
            assertEquals(readers.size(), rig.mount().openCount());
            Command.run("sh", "-c", ": < " + rig.path);
            // One for each, where it waits; elsewhere a few, and on a slow machine one for each that was handed over.
            assertTrue(
                    rig.threads().size() <= 2 * readers.size(),
                    () -> rig.threads().toString());
            device.release();
            for (Command reader : readers) {
                reader.succeed();
            }
        } finally {
            device.release();
            readers.forEach(Command::close);
        }
    }

    @Test
    void shouldAnswerStatAndOpenWhileTheDeviceKeepsTheThreads() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        AtomicInteger kept = new AtomicInteger();
        device.verdict(bio -> keep(kept, release));
        try (MountRig rig = MountRig.mounted(transport, "kept", device);
                Command readers = startReaders(rig, 6)) {
            while (kept.get() < 6) {
                Thread.onSpinWait();
            }
            assertEquals(Integer.toString(SIZE), Command.run("stat", "-c", "%s", rig.path));
            Command.run("sh", "-c", ": < " + rig.path);
            release.countDown();
            readers.succeed();
        } finally {
            release.countDown();
        }
    }

    /** What each of those threads had for its requests is not lost with it. */
    @Test
    void shouldTakeAsManyRequestsAsEverAfterThreadsHaveComeAndGone() throws Exception {
        int readersPerRound = 20;
        AtomicInteger kept = new AtomicInteger();
        AtomicReference<CountDownLatch> release = new AtomicReference<>(new CountDownLatch(1));
        device.verdict(bio -> keep(kept, release.get()));
        try (MountRig rig = MountRig.mounted(transport, "rounds", device)) {
            for (int round = 1; round <= 20; round++) {
                try (Command readers = startReaders(rig, readersPerRound)) {
                    while (kept.get() < round * readersPerRound && readers.isRunning()) {
                        Thread.onSpinWait();
                    }
                    release.getAndSet(new CountDownLatch(1)).countDown();
                    assertEquals("", readers.succeed());
                }
            }
            assertEquals(List.of(), List.copyOf(rig.errors));
        } finally {
            release.get().countDown();
        }
    }

    private static Errno keep(AtomicInteger kept, CountDownLatch release) {
        kept.incrementAndGet();
        try {
            release.await();
            return Errno.OK;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Errno.EINTR;
        }
    }

    /** Each reads a block; they say nothing unless that fails. */
    private static Command startReaders(MountRig rig, int count) throws Exception {
        return Command.start(
                "sh",
                "-c",
                "for i in $(seq " + count + "); do dd if=" + rig.path
                        + " of=/dev/null bs=4k count=1 status=none & done; wait");
    }

    @Test
    void shouldAnswerStatAndOpenWhileMoreRequestsWaitThanThereAreThreads() throws Exception {
        device.hold();
        try (MountRig rig = MountRig.mounted(transport, "crowd", device);
                Command readers = startReaders(rig, 300)) {
            String refused = readers.line();
            assertTrue(refused.contains("Resource temporarily unavailable"), refused);
            assertEquals(
                    Integer.toString(SIZE), Command.run("timeout", "-s", "KILL", 100, "stat", "-c", "%s", rig.path));
            Command.run("timeout", "-s", "KILL", 100, "sh", "-c", ": < " + rig.path);
            while (device.heldCount() < UNDER_WAY_MIN) {
                Thread.onSpinWait();
            }
            device.release();
            readers.succeed();
            Command.run("dd", "if=" + rig.path, "of=/dev/null", "bs=4k", "count=1");
            assertEquals(List.of(), List.copyOf(rig.errors));
        } finally {
            device.release();
        }
    }
}
