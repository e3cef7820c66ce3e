package org.dmuser.tests;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import org.dmuser.tests.harness.DeviceIo;
import org.dmuser.tests.harness.Fio;
import org.dmuser.tests.harness.Needs;
import org.dmuser.tests.harness.Requirement;
import org.dmuser.tests.harness.Running;
import org.dmuser.tests.harness.Sandbox;
import org.dmuser.tests.harness.ServiceRig;
import org.dmuser.tests.harness.SystemTest;
import org.dmuser.tests.harness.Wait;
import org.junit.jupiter.api.Test;

/** A suspended device holds requests back, and lets them through when it is resumed, by whatever table it has then. */
@SystemTest
@Needs({Requirement.FUSE, Requirement.FIO})
class SuspendTest {
    private static final Duration END = Sandbox.SHORT;

    @Test
    void shouldHoldRequestsUntilResumed(Sandbox sandbox) throws Exception {
        ServiceRig service = sandbox.serve();
        Path device = service.createUser("disk", 2048);
        service.attach("disk", "memory");
        DeviceIo io = new DeviceIo(sandbox, device);
        Path data = sandbox.randomFile("data", 4096);
        service.run("suspend", "disk");
        assertTrue(service.run("info", "disk").contains("State:             SUSPENDED\n"));
        Running write = sandbox.startProgram("dd", "if=" + data, "of=" + device, "conv=notrunc", "bs=4k");
        Wait.until("device is open", END, () -> service.run("info", "disk").contains("Open count:        1"));
        // It has been sent for certain when another, sent later, has had time to come through elsewhere.
        Wait.moment(Duration.ofMillis(200));
        assertTrue(write.isAlive(), write.toString());
        service.run("resume", "disk");
        write.await(END).requireSuccess();
        io.requireHolds(0, data);
    }

    @Test
    void shouldNotFailAnythingUnderLoad(Sandbox sandbox) throws Exception {
        ServiceRig service = sandbox.serve();
        Path device = service.createUser("disk", (32 << 20) / 512);
        service.attach("disk", "memory");
        Fio fio = Fio.startVerify(sandbox, device, "32M", "--loops=2");
        for (int i = 0; i < 5; i++) {
            service.run("suspend", "disk");
            service.run("resume", "disk");
        }
        fio.requireNoError(Sandbox.SHORT, 2 * 2 * (32 << 20) / 4096);
    }

    @Test
    void shouldSwitchTables(Sandbox sandbox) throws Exception {
        ServiceRig service = sandbox.serve();
        service.run("create", "disk", "--table", "0 8 zero");
        DeviceIo io = new DeviceIo(sandbox, service.file("disk"));
        io.requireZeroes(0, 4096);
        service.run("load", "disk", "--table", "0 8 error");
        io.requireZeroes(0, 4096);
        service.run("resume", "disk");
        assertTrue(io.read(sandbox.path("copy"), "bs=4k").err().contains("Input/output error"));
    }
}
