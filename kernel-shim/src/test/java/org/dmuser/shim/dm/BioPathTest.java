package org.dmuser.shim.dm;

import static org.dmuser.shim.dm.DeviceMapperRig.sectors;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.dmuser.channel.Errno;
import org.dmuser.channel.RequestFlags;
import org.dmuser.shim.bio.Bio;
import org.dmuser.shim.bio.BioOp;
import org.dmuser.shim.bio.Completion;
import org.dmuser.shim.bio.MemoryDevice;
import org.dmuser.shim.bio.ScriptedDevice;
import org.dmuser.shim.bio.Submission;
import org.dmuser.shim.dm.TestTargets.ScriptedTarget;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BioPathTest {
    private final ScriptedTarget scripted = new ScriptedTarget();
    private final DeviceMapperRig rig = new DeviceMapperRig(TestTargets.type("scripted", context -> scripted));

    @AfterEach
    void close() {
        rig.close();
    }

    private static Errno discard(MappedDevice device, long sector, long sectors) throws InterruptedException {
        return Completion.submit(device, BioOp.DISCARD, 0, sector, sectors * Bio.SECTOR_SIZE, null)
                .status();
    }

    @Test
    void shouldFailWithoutALiveTable() throws Exception {
        MappedDevice device = rig.mapper().create("a");
        rig.load("a", "0 8 zero");
        assertEquals(0, device.sectors());

        assertEquals(Errno.EIO, Completion.read(device, 0, sectors(1)).status());
        device.suspend(false);
        assertEquals(Errno.EIO, Completion.read(device, 0, sectors(1)).status());
    }

    @Test
    void shouldFailPastTheEnd() throws Exception {
        MappedDevice device = rig.create("a", "0 8 zero");

        assertEquals(Errno.OK, Completion.read(device, 7, sectors(1)).status());
        assertEquals(Errno.EIO, Completion.read(device, 7, sectors(2)).status());
        assertEquals(Errno.EIO, discard(device, 8, 1));
        assertEquals(Errno.EIO, discard(device, Long.MAX_VALUE, 1));
        assertEquals(Errno.EIO, discard(device, 0, 1L << 53));
    }

    @Test
    void shouldFailASectorThatIsNone() throws Exception {
        MemoryDevice memory = new MemoryDevice(8);
        rig.add("m", memory);
        rig.add("lower", rig.create("lower", "0 8 device m 0"));
        for (long offset : List.of(-1L, -8L, -1L << 55)) {
            MappedDevice upper = rig.create("upper" + offset, "0 8 device lower " + offset);
            assertEquals(Errno.EIO, Completion.write(upper, 0, sectors(1, 9)).status());
        }
        assertArrayEquals(new byte[8 * 512], memory.content());
    }

    @Test
    void shouldLeaveNothingInsideWhenADeviceBelowThrows() throws Exception {
        OutOfMemoryError fault = new OutOfMemoryError("below");
        rig.add("faulty", new ScriptedDevice(8, bio -> {
            throw fault;
        }));
        MappedDevice device = rig.create("a", "0 8 device faulty 0");
        Completion read = new Completion();
        read.bio().start(BioOp.READ, 0, 0, 512, sectors(1), read);

        assertSame(fault, assertThrows(OutOfMemoryError.class, () -> Submission.submit(read.bio(), device)));

        assertEquals(Errno.EIO, read.status());
        device.suspend(false);
    }

    @Test
    void shouldRefuseWritesToAReadOnlyDevice() throws Exception {
        MappedDevice device = rig.mapper().create("a");
        rig.mapper().load("a", "0 8 zero", true);
        device.resume(false);

        assertTrue(device.readOnly());
        assertEquals(Errno.OK, Completion.read(device, 0, sectors(1)).status());
        assertEquals(Errno.EROFS, Completion.write(device, 0, sectors(1)).status());
        assertEquals(Errno.EROFS, discard(device, 0, 1));
        assertEquals(Errno.OK, Completion.flush(device).status());
    }

    @Test
    void shouldRefuseOperationsTheTargetDoesNotTake() throws Exception {
        MappedDevice device = rig.create("a", "0 8 error", "8 8 zero");

        assertEquals(
                Errno.EOPNOTSUPP,
                Completion.submit(device, BioOp.WRITE_ZEROES, 0, 8, 512, null).status());
    }

    @Test
    void shouldEndAKilledBioWithEio() throws Exception {
        MappedDevice device = rig.create("a", "0 8 scripted");

        assertEquals(Errno.EIO, discard(device, 0, 1));
    }

    @Test
    void shouldEndARequeuedBioWithEioUnlessANoFlushSuspendIsUnderWay() throws Exception {
        scripted.mapping = bio -> MapResult.REQUEUE;
        MappedDevice device = rig.create("a", "0 8 scripted");

        assertEquals(Errno.EIO, discard(device, 0, 1));
    }

    @Test
    void shouldEndTheBioAndReportWhenATargetThrows() throws Exception {
        RuntimeException fault = new IllegalArgumentException("broken");
        scripted.mapping = bio -> {
            throw fault;
        };
        MappedDevice device = rig.create("a", "0 4 zero", "4 4 scripted");

        assertEquals(Errno.EIO, Completion.read(device, 2, sectors(4)).status());

        List<Throwable> faults = rig.takeFaults();
        assertEquals(1, faults.size());
        assertSame(fault, faults.get(0).getCause());
        assertTrue(
                faults.get(0).getMessage().startsWith("device \"a\": target scripted at sector 4"),
                faults.get(0).getMessage());
        // The log of the service has messages and no causes.
        assertTrue(
                faults.get(0).getMessage().endsWith(": " + fault), faults.get(0).getMessage());
        device.suspend(false);
    }

    @Test
    void shouldNotEndABioTwiceWhenATargetThrowsAfterEndingIt() throws Exception {
        scripted.mapping = bio -> {
            bio.end(Errno.OK);
            throw new IllegalArgumentException("too late");
        };
        MappedDevice device = rig.create("a", "0 8 scripted");

        assertEquals(Errno.OK, discard(device, 0, 1));

        assertEquals(1, rig.takeFaults().size());
        device.suspend(false);
    }

    @Test
    void shouldReportATargetThatSaysRemappedWithoutRemapping() throws Exception {
        scripted.mapping = bio -> MapResult.REMAPPED;
        MappedDevice device = rig.create("a", "0 8 scripted");

        assertEquals(Errno.EIO, discard(device, 0, 1));
        assertEquals(1, rig.takeFaults().size());
        scripted.mapping = bio -> null;
        assertEquals(Errno.EIO, discard(device, 0, 1));
        assertEquals(1, rig.takeFaults().size());
    }

    @Test
    void shouldReportATargetThatTakesLessThanASector() throws Exception {
        rig.add("m", new MemoryDevice(8));
        rig.deviceType().maxBytes(511);
        MappedDevice device = rig.create("a", "0 8 device m 0");

        assertEquals(Errno.EIO, discard(device, 0, 1));
        assertEquals(1, rig.takeFaults().size());
        device.suspend(false);
    }

    @Test
    void shouldServeABioSubmittedFromTheEndOfAnother() throws Exception {
        MappedDevice device = rig.create("a", "0 8 zero");
        List<Errno> ends = new ArrayList<>();
        Bio bio = new Bio();
        bio.start(BioOp.READ, 0, 0, 512, sectors(1), (first, status) -> {
            ends.add(status);
            first.start(BioOp.READ, 0, 8, 512, sectors(1), (second, secondStatus) -> {
                ends.add(secondStatus);
                return null;
            });
            Submission.submit(first, device);
            return null;
        });

        Submission.submit(bio, device);

        assertEquals(List.of(Errno.OK, Errno.EIO), ends);
    }

    @Test
    void shouldEndReadAheadOfZeroesAsItDoes() throws Exception {
        MappedDevice device = rig.create("a", "0 8 zero");

        assertEquals(
                Errno.EIO,
                Completion.submit(device, BioOp.READ, RequestFlags.RAHEAD, 0, 512, sectors(1))
                        .status());
    }
}
