package org.dmuser.shim.target;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.dmuser.channel.Errno;
import org.dmuser.shim.bio.Bio;
import org.dmuser.shim.bio.BioOp;
import org.dmuser.shim.bio.BlockDevice;
import org.dmuser.shim.bio.Completion;
import org.dmuser.shim.bio.HoldingDevice;
import org.dmuser.shim.bio.MemoryDevice;
import org.dmuser.shim.bio.ScriptedDevice;
import org.dmuser.shim.dm.DmException;
import org.dmuser.shim.dm.MappedDevice;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DelayTargetTest {
    private static final String D0 = TargetRig.DISK + "0";
    private static final String D1 = TargetRig.DISK + "1";
    private static final String LONG = " 4000000000";

    private final MemoryDevice disk = new MemoryDevice(64);
    private final HoldingDevice other = new HoldingDevice(64);

    @Test
    void shouldHoldEachClassUntilItIsSuspended() throws Exception {
        try (TargetRig rig = new TargetRig(disk, other)) {
            MappedDevice device = rig.create("d", "0 16 delay " + D0 + " 8" + LONG);
            List<Completion> held = new ArrayList<>();
            held.add(Completion.read(device, 0, TargetRig.sectors(1)));
            held.add(Completion.write(device, 1, TargetRig.sectors(1).put(0, (byte) 7)));
            held.add(Completion.submit(device, BioOp.DISCARD, 0, 2, 512, null));
            held.add(Completion.flush(device));
            assertEquals("1 2 1", TargetRig.status(device));
            assertTrue(held.stream().noneMatch(Completion::hasEnded));

            device.suspend(true);

            for (Completion completion : held) {
                assertTrue(completion.hasEnded());
                assertEquals(Errno.OK, completion.status());
            }
            assertEquals("0 0 0", TargetRig.status(device));
            assertEquals(7, disk.content()[9 * 512]);
            assertEquals(1, disk.flushCount());
            device.resume(false);
            Completion again = Completion.read(device, 0, TargetRig.sectors(1));
            assertEquals("1 0 0", TargetRig.status(device));
            rig.load("d", "0 16 zero");
            assertEquals(Errno.OK, again.status());
        }
    }

    @Test
    void shouldLetGoWhatIsDueFirstFirst() throws Exception {
        try (TargetRig rig = new TargetRig(disk, other)) {
            MappedDevice device = rig.create("d", "0 16 delay " + D1 + " 0" + LONG + " " + D1 + " 8 1");
            Completion read = Completion.read(device, 3, TargetRig.sectors(1));
            Completion write = Completion.write(device, 3, TargetRig.sectors(1));

            Bio first = other.take();
            assertEquals("1 0 0", TargetRig.status(device));
            assertEquals(11, first.sector());
            first.end(Errno.OK);
            assertEquals(Errno.OK, write.status());
            device.letGo();
            Bio second = other.take();
            assertEquals(3, second.sector());
            second.end(Errno.EIO);
            assertEquals(Errno.EIO, read.status());
        }
    }

    @Test
    void shouldHoldForAsLongAsItIsTold() throws Exception {
        try (TargetRig rig = new TargetRig(disk, other)) {
            MappedDevice device = rig.create("d", "0 16 delay " + D0 + " 0 200");
            long began = System.nanoTime();
            assertEquals(
                    Errno.OK, Completion.read(device, 3, TargetRig.sectors(1)).status());
            assertTrue(System.nanoTime() - began >= TimeUnit.MILLISECONDS.toNanos(200));
        }
    }

    /** The worker is still at the first when a suspend finds the second. */
    @Test
    void shouldLetGoInOrderWhenASuspendFindsAWorkerAtIt() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        List<Long> order = new CopyOnWriteArrayList<>();
        BlockDevice slow = new ScriptedDevice(64, bio -> {
            if (bio.sector() == 3) {
                begun.countDown();
                assertDoesNotThrow(() -> goOn.await());
            }
            order.add(bio.sector());
            bio.end(Errno.OK);
        });
        try (TargetRig rig = new TargetRig(disk, slow)) {
            MappedDevice device = rig.create("d", "0 16 delay " + D1 + " 0 1");
            Completion first = Completion.write(device, 3, TargetRig.sectors(1));
            begun.await();
            Completion second = Completion.write(device, 5, TargetRig.sectors(1));
            assertEquals("0 1 0", TargetRig.status(device));

            device.letGo();
            goOn.countDown();

            assertEquals(Errno.OK, first.status());
            assertEquals(Errno.OK, second.status());
            assertEquals(List.of(3L, 5L), order);
        }
    }

    @Test
    void shouldLetGoSoThatADeviceAboveCanBeRemoved() throws Exception {
        try (TargetRig rig = new TargetRig(disk, other)) {
            MappedDevice device = rig.create("d", "0 16 delay " + D0 + " 0" + LONG);
            MappedDevice above = rig.create("above", "0 16 linear /run/dmuser-test/mapper/d 0");
            Completion read = Completion.read(above, 0, TargetRig.sectors(1));
            assertFalse(read.hasEnded());

            device.letGo();

            assertEquals(Errno.OK, read.status());
        }
    }

    @Test
    void shouldNotHoldWhatHasNoDelay() throws Exception {
        try (TargetRig rig = new TargetRig(disk, other)) {
            MappedDevice device = rig.create("d", "0 16 delay " + D0 + " 0 0 " + D0 + " 0" + LONG);
            assertTrue(Completion.read(device, 0, TargetRig.sectors(1)).hasEnded());
        }
    }

    @Test
    void shouldEndEverythingWhileItIsSuspendedAgainAndAgain() throws Exception {
        try (TargetRig rig = new TargetRig(disk, other)) {
            MappedDevice device = rig.create("d", "0 16 delay " + D0 + " 0 1 " + D0 + " 0 2");
            List<Completion> all = new ArrayList<>();
            for (int i = 0; i < 300; i++) {
                all.add(Completion.write(device, i % 16, TargetRig.sectors(1)));
                all.add(Completion.read(device, i % 16, TargetRig.sectors(1)));
                if (i % 10 == 0) {
                    device.suspend(false);
                    all.add(Completion.flush(device));
                    device.resume(false);
                }
            }
            for (Completion completion : all) {
                assertEquals(Errno.OK, completion.status());
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"1", "2", "3"})
    void shouldPrintItsTripletsAsGiven(int count) throws Exception {
        List<String> triplets = List.of("252:0 1 2", "252:1 3 4", "252:0 5 6");
        try (TargetRig rig = new TargetRig(disk, other)) {
            String arguments = String.join(" ", triplets.subList(0, count));
            MappedDevice device = rig.create("d", "0 16 delay " + arguments);
            assertEquals(arguments, TargetRig.table(device));
            assertEquals("0 0 0", TargetRig.status(device));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'', Requires exactly 3",
        "252:0 0, Requires exactly 3",
        "252:0 0 1 2, Requires exactly 3",
        "252:0 0 1 252:0 0 1 252:0 0 1 252:0 0 1, Requires exactly 3",
        "252:0 x 1, Invalid device sector: \"x\"",
        "252:0 0 x, Invalid delay: \"x\"",
        "252:0 0 4294967296, Invalid delay",
        "252:9 0 1, Device lookup failed",
        "252:0 0 1 252:9 0 1, Device lookup failed",
        "252:0 49 1, 252:0 too small for target",
    })
    void shouldSayWhatIsWrongWithItsArguments(String arguments, String problem) throws Exception {
        try (TargetRig rig = new TargetRig(disk, other)) {
            DmException thrown = assertThrows(DmException.class, () -> rig.create("d", "0 16 delay " + arguments));
            assertTrue(thrown.getMessage().contains(problem), thrown::getMessage);
        }
    }
}
