package org.dmuser.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.dmuser.tests.harness.CliProcess;
import org.dmuser.tests.harness.DeviceIo;
import org.dmuser.tests.harness.Fio;
import org.dmuser.tests.harness.Needs;
import org.dmuser.tests.harness.Outcome;
import org.dmuser.tests.harness.Requirement;
import org.dmuser.tests.harness.Sandbox;
import org.dmuser.tests.harness.ServiceRig;
import org.dmuser.tests.harness.SystemTest;
import org.dmuser.tests.harness.Wait;
import org.junit.jupiter.api.Test;

/** The service is killed under load: its daemons end and say so, the next service finds nothing in its way. */
@SystemTest
@Needs({Requirement.FUSE, Requirement.FIO})
class KillServiceTest {
    private static final Duration END = Sandbox.SHORT;

    @Test
    void shouldEndDaemonsAndStartCleanNextTime(Sandbox sandbox) throws Exception {
        ServiceRig killed = sandbox.serve();
        Path device = killed.createUser("disk", (64 << 20) / 512);
        killed.createUser("idle", 2048);
        CliProcess daemon = killed.attach("disk", "memory", "--channels", "2");
        CliProcess idle = killed.attach("idle", "memory");
        Fio fio = Fio.start(sandbox, device, List.of("--rw=randrw", "--size=64M", "--time_based", "--runtime=600"));
        Wait.until(
                "fio has written",
                END,
                () -> daemon.isAlive()
                        && sandbox.program("cmp", "--quiet", "--bytes=67108864", device.toString(), "/dev/zero")
                                        .status()
                                == 1);
        Path memory = sandbox.runDirectory().resolve("channel").toRealPath();
        killed.kill();
        for (CliProcess orphan : List.of(daemon, idle)) {
            Outcome end = orphan.await(END);
            assertEquals(1, end.status(), end.toString());
            assertTrue(end.err().lines().anyMatch(line -> line.startsWith("dmuser: ")), end.toString());
        }
        assertTrue(fio.await(END).status() != 0, "fio ended without an error");
        requireAnswers(sandbox);
        ServiceRig next = sandbox.serve();
        assertTrue(!Files.exists(memory), memory + " is left over");
        assertEquals(List.of(sandbox.runDirectory().resolve("dm-user")), sandbox.mounts());
        assertEquals("No devices found\n", next.run("ls"));
        Path again = next.createUser("disk", (64 << 20) / 512);
        next.attach("disk", "memory");
        new DeviceIo(sandbox, again).requireUsable();
    }

    private static void requireAnswers(Sandbox sandbox) throws Exception {
        for (String command : List.of("ls", "stop")) {
            sandbox.dmuser(command).requireOneLine(sandbox.runDirectory().toString());
        }
    }
}
