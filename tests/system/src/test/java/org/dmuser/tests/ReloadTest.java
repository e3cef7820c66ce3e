package org.dmuser.tests;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.dmuser.tests.harness.CliProcess;
import org.dmuser.tests.harness.Fio;
import org.dmuser.tests.harness.Needs;
import org.dmuser.tests.harness.Requirement;
import org.dmuser.tests.harness.Sandbox;
import org.dmuser.tests.harness.ServiceRig;
import org.dmuser.tests.harness.SystemTest;
import org.dmuser.tests.harness.Wait;
import org.junit.jupiter.api.Test;

/** Tables that are replaced under load, some of which send all data to one daemon, and some do not. */
@SystemTest
@Needs({Requirement.FUSE, Requirement.FIO})
class ReloadTest {
    private static final Duration END = Sandbox.SHORT;
    private static final long SECTORS = (64 << 20) / 512;
    private static final int ROUNDS = 4;

    /** What there is time for before anything is replaced. */
    private static final int REQUESTS_MIN = 20;

    @Test
    void shouldKeepDataWhilePiecesMove(Sandbox sandbox) throws Exception {
        ServiceRig service = sandbox.serve();
        Path base = service.createUser("base", SECTORS);
        service.attach("base", "memory", "--channels", "2");
        String whole = "0 " + SECTORS + " linear " + base + " 0";
        // Cut where requests are not.
        String pieces = "0 1001 linear " + base + " 0\n1001 " + (SECTORS - 1001) + " linear " + base + " 1001";
        service.run("create", "disk", "--table", whole);
        Fio fio = Fio.start(
                sandbox,
                service.file("disk"),
                List.of(
                        "--rw=randwrite",
                        "--bsrange=4k-1m",
                        "--size=16M",
                        "--numjobs=4",
                        "--offset_increment=16M",
                        "--verify=crc32c",
                        "--loops=3",
                        "--thinktime=5000"));
        for (int round = 0; round < ROUNDS; round++) {
            replace(service, pieces);
            replace(service, whole);
        }
        fio.requireNoError(END, 4 * 16);
    }

    @Test
    void shouldFailNothingWhileDaemonsAndZeroesTakeTurns(Sandbox sandbox) throws Exception {
        ServiceRig service = sandbox.serve();
        Path device = service.createUser("disk", SECTORS);
        CliProcess daemon = service.attach("disk", "memory");
        Fio fio = Fio.start(
                sandbox,
                device,
                List.of("--rw=randrw", "--bsrange=4k-1m", "--size=64M", "--numjobs=4", "--time_based", "--runtime=10"));
        Wait.until("there is load", END, () -> service.requests("disk") > REQUESTS_MIN);
        for (int round = 0; round < ROUNDS; round++) {
            replace(service, "0 " + SECTORS + " zero");
            daemon.await(END).requireSuccess();
            replace(service, "0 " + SECTORS + " user 0 " + SECTORS + " disk");
            daemon = service.attach("disk", "memory");
        }
        fio.requireNoError(END, REQUESTS_MIN);
    }

    private static void replace(ServiceRig service, String table) throws Exception {
        service.run("load", "disk", "--table", table);
        service.run("suspend", "disk");
        service.run("resume", "disk");
    }
}
