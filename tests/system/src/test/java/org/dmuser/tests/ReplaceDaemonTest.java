package org.dmuser.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import org.dmuser.tests.harness.CliProcess;
import org.dmuser.tests.harness.Fio;
import org.dmuser.tests.harness.Needs;
import org.dmuser.tests.harness.Requirement;
import org.dmuser.tests.harness.Sandbox;
import org.dmuser.tests.harness.ServiceRig;
import org.dmuser.tests.harness.SystemTest;
import org.junit.jupiter.api.Test;

/** A daemon makes way for the next one, which is attached already, and nobody notices. */
@SystemTest
@Needs({Requirement.FUSE, Requirement.FIO})
class ReplaceDaemonTest {
    private static final int REPLACEMENTS = 3;

    private static final int SIZE = 32 << 20;

    @Test
    void shouldNotFailAnyRequest(Sandbox sandbox) throws Exception {
        ServiceRig service = sandbox.serve();
        Path device = service.createUser("disk", SIZE / 512);
        String image = "path=" + sandbox.path("image");
        CliProcess daemon = service.attach("disk", "file", image, "create=" + SIZE);
        for (int i = 0; i < REPLACEMENTS; i++) {
            Fio fio = startLoad(sandbox, device);
            CliProcess next = service.attach("disk", "file", image);
            if (!fio.process().isAlive()) {
                requireNoError(fio);
                fio = startLoad(sandbox, device);
            }
            daemon.signal("TERM");
            assertEquals(0, daemon.await(Sandbox.SHORT).status(), daemon.toString());
            requireNoError(fio);
            daemon = next;
        }
    }

    /** With pauses, so that it is still under way when a daemon has started and another has ended. */
    private static Fio startLoad(Sandbox sandbox, Path device) throws Exception {
        return Fio.startVerify(sandbox, device, Integer.toString(SIZE), "--thinktime=3000", "--thinktime_blocks=16");
    }

    private static void requireNoError(Fio fio) throws Exception {
        fio.requireNoError(Sandbox.SHORT, 2 * SIZE / 4096);
    }
}
