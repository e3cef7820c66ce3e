package org.dmuser.shim.dm;

import static org.dmuser.shim.dm.DeviceMapperRig.sectors;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.dmuser.channel.Errno;
import org.dmuser.shim.bio.Bio;
import org.dmuser.shim.bio.Completion;
import org.dmuser.shim.dm.SuspendRig.ScriptedTarget;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Commands that wait for bios, and are interrupted. */
class InterruptedSuspendTest {
    @AutoClose
    private final SuspendRig rig;

    InterruptedSuspendTest() throws DmException {
        rig = new SuspendRig();
    }

    @Test
    void shouldUndoASuspendThatIsInterrupted() throws Exception {
        Completion inside = Completion.read(rig.device, 0, sectors(1));
        Bio below = rig.held.take();
        ScriptedTarget target = rig.targets.get(0);
        target.calls.clear();
        Future<?> suspend = rig.suspendElsewhere(false);
        target.presuspended.await();
        List<Completion> probes = rig.submitUntilDeferred(40);

        target.suspender.interrupt();

        ExecutionException thrown = assertThrows(ExecutionException.class, suspend::get);
        assertEquals(Errno.EINTR, ((DmException) thrown.getCause()).errno());
        assertEquals(List.of("presuspend", "presuspendUndo"), target.calls);
        assertEquals(Errno.OK, probes.get(probes.size() - 1).status());
        assertFalse(rig.device.info().suspended());
        below.end(Errno.OK);
        assertEquals(Errno.OK, inside.status());
    }

    @Test
    void shouldPutTheTableBackWhenTheSuspendBeforeAResumeIsInterrupted() throws Exception {
        Completion.read(rig.device, 0, sectors(1));
        rig.dm.load("a", "0 8 zero");
        Future<?> resume = rig.others.submit(() -> {
            rig.device.resume(false);
            return null;
        });
        rig.targets.get(0).presuspended.await();
        rig.targets.get(0).suspender.interrupt();

        assertThrows(ExecutionException.class, resume::get);

        assertTrue(rig.device.info().inactive());
        assertEquals(64, rig.device.sectors());
        rig.held.endAll(Errno.OK);
        rig.device.resume(false);
        assertEquals(8, rig.device.sectors());
    }

    @Test
    void shouldStayWhenItsRemovalIsInterrupted() throws Exception {
        Completion inside = Completion.read(rig.device, 0, sectors(1));
        Future<?> removal = rig.others.submit(() -> {
            rig.dm.mapper().remove("a");
            return null;
        });
        rig.targets.get(0).presuspended.await();
        DmException opened = assertThrows(DmException.class, rig.device::open);
        assertEquals(Errno.ENXIO, opened.errno());

        rig.targets.get(0).suspender.interrupt();
        assertThrows(ExecutionException.class, removal::get);

        rig.device.open();
        rig.device.release();
        rig.held.endAll(Errno.OK);
        assertEquals(Errno.OK, inside.status());
        rig.dm.mapper().remove("a");
    }
}
