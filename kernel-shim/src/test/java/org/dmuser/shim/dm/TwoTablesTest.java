package org.dmuser.shim.dm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.ExecutionException;
import org.dmuser.channel.Errno;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** The live and the inactive table of a device, and how one becomes the other. */
class TwoTablesTest {
    @AutoClose
    private final SuspendRig rig;

    TwoTablesTest() throws DmException {
        rig = new SuspendRig();
    }

    @Test
    void shouldKeepTheLastOfTwoLoadedTables() throws Exception {
        rig.dm.load("a", "0 8 scripted");
        rig.dm.load("a", "0 9 scripted");
        assertEquals(List.of("close"), rig.targets.get(1).calls);
        assertEquals(64, rig.device.sectors());

        rig.device.resume(false);

        assertEquals(9, rig.device.sectors());
    }

    @Test
    void shouldClearTheInactiveTable() throws Exception {
        rig.dm.load("a", "0 8 scripted");

        rig.device.clear();
        rig.device.clear();

        assertEquals(List.of("close"), rig.targets.get(1).calls);
        rig.device.resume(false);
        assertEquals(64, rig.device.sectors());
    }

    @Test
    void shouldStaySuspendedWithTheNewTableWhenATargetRefusesToResume() throws Exception {
        rig.dm.load("a", "0 8 scripted");
        rig.targets.get(1).refusesResume = true;

        DmException thrown = assertThrows(DmException.class, () -> rig.device.resume(false));

        assertEquals(Errno.ENOSPC, thrown.errno());
        assertEquals("target scripted at sector 0: no", thrown.getMessage());
        assertTrue(rig.device.info().suspended());
        assertEquals(8, rig.device.sectors());
        assertEquals(
                "close", rig.targets.get(0).calls.get(rig.targets.get(0).calls.size() - 1));
        rig.targets.get(1).refusesResume = false;
        rig.device.resume(false);
        assertFalse(rig.device.info().suspended());
    }

    @Test
    void shouldNotResumeASuspendedDeviceWithoutATable() throws Exception {
        MappedDevice empty = rig.dm.mapper().create("empty");
        empty.resume(false);
        empty.suspend(false);

        DmException thrown = assertThrows(DmException.class, () -> empty.resume(false));

        assertEquals(Errno.EINVAL, thrown.errno());
        assertTrue(empty.info().suspended());
    }

    @Test
    void shouldCloseTablesWithoutTheControlLock() throws Exception {
        rig.dm.load("a", "0 32 scripted");
        rig.dm.load("a", "0 16 scripted", "16 16 device memory 60");
        rig.targets.forEach(target -> target.onClose = this::askElsewhere);
        assertThrows(DmException.class, () -> rig.device.resume(false));
        rig.device.resume(false);

        rig.dm.load("a", "0 32 scripted");
        rig.device.resume(false);
        rig.dm.load("a", "0 32 scripted");
        rig.targets.forEach(target -> target.onClose = this::askElsewhere);
        rig.dm.mapper().remove("a");

        assertTrue(rig.targets.stream().allMatch(target -> target.calls.contains("close")));
    }

    /** Suspends, which takes the control lock, on another thread, and waits for that. */
    private void askElsewhere() {
        try {
            rig.suspendElsewhere(false).get();
        } catch (ExecutionException e) {
            assertEquals(Errno.ENXIO, ((DmException) e.getCause()).errno());
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
