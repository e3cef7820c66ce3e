package org.dmuser.shim.dm;

import static org.dmuser.shim.dm.DeviceMapperRig.path;
import static org.dmuser.shim.dm.DeviceMapperRig.sectors;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import org.dmuser.channel.RequestFlags;
import org.dmuser.shim.bio.Bio;
import org.dmuser.shim.bio.BioOp;
import org.dmuser.shim.bio.EndListener;
import org.dmuser.shim.bio.MemoryDevice;
import org.dmuser.shim.bio.Submission;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AllocationTest {
    private static final int BIOS = 20_000;

    private final DeviceMapperRig rig = new DeviceMapperRig();
    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final Bio bio = new Bio();
    private final ByteBuffer data = sectors(8);
    private final EndListener listener = (ended, status) -> status;

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void shouldAllocateNothingForABioInOnePiece() throws Exception {
        rig.add("memory", new MemoryDevice(64));
        rig.create("d0", "0 16 zero", "16 32 device memory 0", "48 16 zero");
        for (int i = 1; i < 8; i++) {
            rig.create("d" + i, "0 64 linear " + path("d" + (i - 1)) + " 0");
        }
        assertNothingAllocated(rig.mapper().find("d7"));
    }

    @Test
    void shouldAllocateNothingForABioInSeveralPieces() throws Exception {
        rig.add("memory", new MemoryDevice(64));
        rig.create("d0", "0 10 device memory 0", "10 1 zero", "11 53 device memory 11");
        rig.create("d1", "0 12 linear " + path("d0") + " 0", "12 52 linear " + path("d0") + " 12");
        assertNothingAllocated(rig.mapper().find("d1"));
    }

    private void assertNothingAllocated(MappedDevice device) {
        submit(device);
        long before = allocated();
        submit(device);
        long allocated = allocated() - before;

        // The virtual machine's own are a few hundred bytes at times; one object for each bio would be 16 times this.
        assertTrue(allocated < BIOS, allocated + " bytes for " + BIOS + " bios of each kind");
    }

    private long allocated() {
        return threads.getThreadAllocatedBytes(Thread.currentThread().getId());
    }

    private void submit(MappedDevice device) {
        for (int i = 0; i < BIOS; i++) {
            Submission.submit(bio.start(BioOp.READ, 0, 8, 4096, data, listener), device);
            Submission.submit(bio.start(BioOp.WRITE, 0, 20, 4096, data, listener), device);
            Submission.submit(bio.start(BioOp.WRITE, RequestFlags.PREFLUSH, 0, 0, null, listener), device);
            Submission.submit(bio.start(BioOp.WRITE, RequestFlags.PREFLUSH, 8, 4096, data, listener), device);
            Submission.submit(bio.start(BioOp.DISCARD, 0, 5, 4096, null, listener), device);
        }
    }
}
