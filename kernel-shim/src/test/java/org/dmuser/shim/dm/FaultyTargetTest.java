package org.dmuser.shim.dm;

import static org.dmuser.shim.dm.DeviceMapperRig.path;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.dmuser.channel.Errno;
import org.dmuser.shim.dm.TestTargets.AnyTarget;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A target of somebody's, in whose jar a class is missing, between two that are in order. */
class FaultyTargetTest {
    private static final String ERROR = "java.lang.NoClassDefFoundError: org/example/Missing";

    private final AnyTarget other = new AnyTarget();
    private final DeviceMapperRig rig = new DeviceMapperRig(
            TestTargets.type("faulty", FaultyTarget::new), TestTargets.type("other", context -> other));
    private String faulty = "";
    private MappedDevice lower;

    private final class FaultyTarget extends AnyTarget {
        FaultyTarget(TargetContext context) {
            try {
                context.open(path("lower"));
            } catch (DmException e) {
                throw new AssertionError(e);
            }
        }

        private void call(String name) {
            if (name.equals(faulty)) {
                throw new NoClassDefFoundError("org/example/Missing");
            }
        }

        @Override
        public void presuspend() {
            call("presuspend");
        }

        @Override
        public void postsuspend() {
            call("postsuspend");
        }

        @Override
        public void preresume() {
            call("preresume");
        }

        @Override
        public void resume() {
            call("resume");
        }

        @Override
        public void close() {
            call("close");
        }
    }

    @BeforeEach
    void create() throws DmException {
        lower = rig.create("lower", "0 8 zero");
        rig.create("a", "0 8 zero", "8 8 faulty", "16 8 other");
        other.calls.clear();
    }

    @AfterEach
    void close() {
        faulty = "";
        rig.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"presuspend", "postsuspend", "resume", "close"})
    void shouldKeepNothingFromBeingDone(String call) throws DmException {
        MappedDevice device = rig.mapper().find("a");
        faulty = call;

        device.suspend(false);
        device.resume(false);
        rig.load("a", "0 8 zero");
        device.resume(false);

        assertEquals(
                List.of("presuspend", "postsuspend", "preresume", "resume", "presuspend", "postsuspend", "close"),
                other.calls);
        assertFalse(device.info().suspended());
        assertEquals(8, device.sectors());
        assertEquals(0, lower.info().openCount());
        List<Throwable> faults = rig.takeFaults();
        assertFalse(faults.isEmpty());
        faults.forEach(fault -> assertTrue(fault.toString().endsWith(ERROR), fault::toString));
    }

    @Test
    void shouldNotBeResumed() throws DmException {
        MappedDevice device = rig.mapper().find("a");
        device.suspend(false);
        faulty = "preresume";

        DmException thrown = assertThrows(DmException.class, () -> device.resume(false));

        assertEquals(Errno.EIO, thrown.errno());
        assertEquals("target faulty at sector 8: cannot be resumed: " + ERROR, thrown.getMessage());
        faulty = "";
        device.resume(false);
        assertFalse(device.info().suspended());
    }
}
