package org.dmuser.shim.dm;

import static org.dmuser.shim.dm.DeviceMapperRig.sectors;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.dmuser.channel.Errno;
import org.dmuser.shim.bio.Completion;
import org.dmuser.shim.dm.TestTargets.AnyTarget;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of deferred bios when there is no thread to map them. */
class DeferredBiosTest {
    private final List<Throwable> faults = new ArrayList<>();
    private Throwable refusal;
    private final MappedDevice device = new MappedDevice("a", "", 0, new PiecePool(1), this::work, faults::add);

    private void work(Runnable task) {
        if (refusal instanceof Error e) {
            throw e;
        }
        if (refusal instanceof RuntimeException e) {
            throw e;
        }
        task.run();
    }

    @BeforeEach
    void giveItATable() throws DmException {
        TableLine line = new TableLine(1, 0, 8, "any", "");
        device.load(new Table(
                List.of(new TableTarget(line, new AnyTarget())),
                new TableDevices(device, false, null),
                false,
                faults::add));
        device.resume(false);
    }

    @Test
    void shouldFailThemAndGoOn() throws Exception {
        for (Throwable each : List.of(new OutOfMemoryError("thread"), new RejectedExecutionException())) {
            refusal = each;
            device.suspend(false);
            Completion first = Completion.read(device, 0, sectors(1));
            Completion second = Completion.read(device, 1, sectors(1));
            assertFalse(first.hasEnded());

            device.resume(false);

            assertTrue(first.hasEnded() && second.hasEnded());
            assertEquals(Errno.EIO, first.status());
            assertEquals(Errno.EIO, second.status());
            assertEquals(1, faults.size());
            assertSame(each, faults.remove(0).getCause());
        }
        refusal = null;
        device.suspend(false);
        Completion later = Completion.read(device, 0, sectors(1));
        device.resume(false);
        assertTrue(later.hasEnded());
        assertEquals(Errno.OK, later.status());
        assertEquals(List.of(), faults);
    }
}
