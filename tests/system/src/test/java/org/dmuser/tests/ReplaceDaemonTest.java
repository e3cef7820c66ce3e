package org.dmuser.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.time.Duration;
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

    @Test
    void shouldNotFailAnyRequest(Sandbox sandbox) throws Exception {
        ServiceRig service = sandbox.serve();
        Path device = service.createUser("disk", (128 << 20) / 512);
        String image = "path=" + sandbox.path("image");
        CliProcess daemon = service.attach("disk", "file", image, "create=128M");
        // More rounds than it takes, with pauses that make sure of it.
        Fio fio = Fio.startVerify(sandbox, device, "128M", "--loops=2", "--thinktime=1000", "--thinktime_blocks=16");
        for (int i = 0; i < REPLACEMENTS; i++) {
            CliProcess next = service.attach("disk", "file", image);
            daemon.signal("TERM");
            assertEquals(0, daemon.await(Duration.ofSeconds(30)).status(), daemon.toString());
            daemon = next;
        }
        assertEquals(true, fio.process().isAlive(), "fio ended before the daemons were replaced");
        fio.requireNoError(Duration.ofSeconds(120), 2 * 2 * (128 << 20) / 4096);
    }
}
