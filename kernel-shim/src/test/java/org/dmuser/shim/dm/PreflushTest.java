package org.dmuser.shim.dm;

import static org.dmuser.shim.dm.DeviceMapperRig.sectors;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.dmuser.channel.Errno;
import org.dmuser.channel.RequestFlags;
import org.dmuser.shim.bio.Bio;
import org.dmuser.shim.bio.BioOp;
import org.dmuser.shim.bio.Completion;
import org.dmuser.shim.bio.HoldingDevice;
import org.dmuser.shim.bio.MemoryDevice;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PreflushTest {
    private static final long PREFLUSH_FUA = RequestFlags.PREFLUSH | RequestFlags.FUA;

    private final DeviceMapperRig rig = new DeviceMapperRig();
    private final MemoryDevice memory = new MemoryDevice(8);
    private final HoldingDevice first = new HoldingDevice(8);
    private final HoldingDevice second = new HoldingDevice(8);

    PreflushTest() {
        rig.add("memory", memory);
        rig.add("first", first);
        rig.add("second", second);
    }

    @AfterEach
    void close() {
        rig.close();
    }

    private static Completion preflushWrite(MappedDevice device, long sector, int sectors) {
        return Completion.submit(device, BioOp.WRITE, PREFLUSH_FUA, sector, (long) sectors * 512, sectors(sectors, 7));
    }

    @Test
    void shouldSucceedWhereNothingCanBeFlushed() throws Exception {
        MappedDevice device = rig.create("a", "0 8 zero", "8 8 error");

        assertEquals(Errno.OK, Completion.flush(device).status());
        assertEquals(Errno.OK, preflushWrite(device, 0, 1).status());
    }

    @Test
    void shouldGiveAFlushItselfToTheOnlyTargetThatTakesIt() throws Exception {
        MappedDevice device = rig.create("a", "0 8 zero", "8 8 device first 0");

        Completion flush = Completion.flush(device);

        Bio below = first.take();
        assertSame(flush.bio(), below);
        assertTrue(below.isEmptyFlush());
        assertEquals(0, below.sector());
        below.end(Errno.EIO);
        assertEquals(Errno.EIO, flush.status());
    }

    @Test
    void shouldFlushEveryTargetOnce() throws Exception {
        MappedDevice device = rig.create("a", "0 8 device first 0", "8 8 device memory 0", "16 8 device second 0");

        Completion flush = Completion.flush(device);
        Bio ofFirst = first.take();
        Bio ofSecond = second.take();

        assertEquals(1, memory.flushCount());
        ofSecond.end(Errno.OK);
        assertFalse(flush.hasEnded());
        ofFirst.end(Errno.ENOSPC);
        assertEquals(Errno.ENOSPC, flush.status());
        assertEquals(0, first.heldCount() + second.heldCount());
    }

    @Test
    void shouldWriteOnlyAfterTheFlush() throws Exception {
        MappedDevice device = rig.create("a", "0 8 device first 0", "8 8 device memory 0");

        Completion write = preflushWrite(device, 7, 2);
        Bio flush = first.take();

        assertTrue(flush.isEmptyFlush());
        assertEquals(0, first.heldCount());
        assertEquals(0, memory.content()[0]);
        flush.end(Errno.OK);
        Bio data = first.take();
        assertEquals(RequestFlags.FUA, data.flags());
        assertEquals(7, data.sector());
        assertEquals(512, data.length());
        data.end(Errno.OK);
        assertEquals(Errno.OK, write.status());
        assertEquals(7, memory.content()[0]);
    }

    @Test
    void shouldWriteOnTheSameThreadWhenTheFlushEndsThere() throws Exception {
        MappedDevice device = rig.create("a", "0 8 device memory 0");

        Completion write = preflushWrite(device, 0, 1);

        assertTrue(write.hasEnded());
        assertEquals(Errno.OK, write.status());
        assertEquals(1, memory.flushCount());
        assertEquals(7, memory.content()[0]);
    }

    @Test
    void shouldNotWriteWhenTheFlushFails() throws Exception {
        MappedDevice device = rig.create("a", "0 8 device memory 0");
        memory.flushStatus(Errno.EIO);

        assertEquals(Errno.EIO, preflushWrite(device, 0, 1).status());

        assertEquals(0, memory.content()[0]);
    }

    @Test
    void shouldNotWaitForAFlushWhereTheSubmitterDoesNot() throws Exception {
        MappedDevice device = rig.create("a", "0 8 device memory 0");
        long flags = RequestFlags.PREFLUSH | RequestFlags.NOWAIT;

        assertEquals(
                Errno.EAGAIN,
                Completion.submit(device, BioOp.WRITE, flags, 0, 0, null).status());
    }

    @Test
    void shouldHoldTheDataBackWhenSuspendedBehindTheFlush() throws Exception {
        MappedDevice device = rig.create("a", "0 8 device first 0");
        Completion write = preflushWrite(device, 0, 1);
        Bio flush = first.take();
        Thread suspender = new Thread(() -> {
            try {
                device.suspend(false);
            } catch (DmException e) {
                throw new AssertionError(e);
            }
        });
        suspender.start();
        // A flush that comes now is held back: wait until one is.
        Completion probe = Completion.flush(device);
        while (first.heldCount() > 0) {
            first.take().end(Errno.OK);
            assertEquals(Errno.OK, probe.status());
            probe = Completion.flush(device);
        }

        flush.end(Errno.OK);
        suspender.join();
        assertEquals(0, first.heldCount());
        assertFalse(write.hasEnded());

        device.resume(false);
        Bio held = first.take();
        Bio data = first.take();
        assertTrue(held.isEmptyFlush());
        assertEquals(512, data.length());
        held.end(Errno.OK);
        data.end(Errno.OK);
        assertEquals(Errno.OK, write.status());
        assertEquals(Errno.OK, probe.status());
    }
}
