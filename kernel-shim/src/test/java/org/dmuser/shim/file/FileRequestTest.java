package org.dmuser.shim.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.dmuser.channel.Errno;
import org.dmuser.channel.RequestFlags;
import org.dmuser.shim.bio.BioOp;
import org.dmuser.shim.file.MemoryDevice.Asked;
import org.junit.jupiter.api.Test;

/** Requests nobody waits for, and the part of {@link BlockFile} that starts them. */
final class FileRequestTest {
    private static final int SIZE = 1024 * 1024;

    private final MemoryDevice device = new MemoryDevice(SIZE);
    private final BlockFile file = new BlockFile(device);
    private final ByteBuffer data = ByteBuffer.allocateDirect(8192);
    private final Queue<String> told = new ConcurrentLinkedQueue<>();
    private final FileRequest request = new FileRequest(new FileRequest.Listener() {
        @Override
        public void beforeWait() {
            told.add("wait");
        }

        @Override
        public void onEnd(Errno status, int length, ByteBuffer lent, int lentIndex) {
            told.add(status + " " + length);
        }
    });

    @Test
    void shouldPassWholeSectorsOnAndTellTheirEnd() {
        assertTrue(file.startWrite(request, 4096, data, 8192, false));
        assertTrue(file.startWrite(request, 512, data, 512, true));
        assertTrue(file.startRead(request, SIZE - 4096, data, 4096));
        file.startSync(request);
        assertEquals(
                List.of(
                        new Asked(BioOp.WRITE, 0, 8, 8192, data),
                        new Asked(BioOp.WRITE, RequestFlags.FUA, 1, 512, data),
                        new Asked(BioOp.READ, 0, (SIZE - 4096) / 512, 4096, data),
                        new Asked(BioOp.WRITE, RequestFlags.PREFLUSH, 0, 0, null)),
                device.takeAsked());
        assertEquals(List.of("OK 8192", "OK 512", "OK 4096", "OK 0"), List.copyOf(told));
    }

    @Test
    void shouldLeaveToOthersWhatIsNotWholeSectorsOfTheDevice() {
        for (int[] range : new int[][] {{1, 512}, {0, 511}, {0, 0}, {SIZE - 512, 1024}, {SIZE, 512}}) {
            assertFalse(file.startRead(request, range[0], data, range[1]));
            assertFalse(file.startWrite(request, range[0], data, range[1], false));
        }
        device.readOnly(true);
        assertFalse(file.startWrite(request, 0, data, 512, false));
        assertFalse(request.wasStarted());
        assertEquals(List.of(), List.copyOf(told));
        assertEquals(List.of(), device.takeAsked());
        assertThrows(IllegalArgumentException.class, () -> file.startRead(request, -512, data, 512));
    }

    @Test
    void shouldBeUnderWayUntilTheDeviceHasDoneIt() {
        device.hold();
        request.renew();
        assertTrue(file.startWrite(request, 0, data, 512, false));
        assertTrue(request.isUnderWay());
        assertEquals("WRITE sector 0 length 512", request.toString());
        device.release();
        assertFalse(request.isUnderWay());
        assertTrue(request.wasStarted());
        request.renew();
        assertFalse(request.wasStarted());
        assertEquals(List.of("OK 512"), List.copyOf(told));
    }

    @Test
    void shouldSayThatItWaitsForAReadModifyWrite() throws Exception {
        device.hold();
        IoContext context = new IoContext(e -> told.add(e.toString()));
        Thread unaligned = new Thread(() -> file.write(context, 1, ByteBuffer.allocate(10), 10, false));
        unaligned.start();
        while (device.heldCount() == 0) {
            Thread.onSpinWait();
        }
        Thread whole = new Thread(() -> file.startWrite(request, 0, data, 512, false));
        whole.start();
        while (whole.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        assertEquals(List.of("wait"), List.copyOf(told));
        device.release();
        unaligned.join();
        whole.join();
        assertEquals(List.of("wait", "OK 512"), List.copyOf(told));
    }

    @Test
    void shouldUnlockAfterAnError() throws Exception {
        device.verdict(bio -> Errno.ENOSPC);
        assertTrue(file.startWrite(request, 0, data, 512, false));
        device.verdict(bio -> {
            throw new IllegalStateException("a device with a defect");
        });
        assertThrows(IllegalStateException.class, () -> file.startWrite(request, 0, data, 512, false));
        device.verdict(bio -> Errno.OK);
        assertEquals(10, file.write(new IoContext(e -> told.add(e.toString())), 1, ByteBuffer.allocate(10), 10, false));
        assertEquals(List.of("ENOSPC 512", "EIO 512"), List.copyOf(told));
    }
}
