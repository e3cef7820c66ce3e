package org.dmuser.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.dmuser.tests.handlers.Troubled;
import org.dmuser.tests.harness.CliProcess;
import org.dmuser.tests.harness.DeviceIo;
import org.dmuser.tests.harness.Loops;
import org.dmuser.tests.harness.Needs;
import org.dmuser.tests.harness.Outcome;
import org.dmuser.tests.harness.Requirement;
import org.dmuser.tests.harness.Running;
import org.dmuser.tests.harness.Sandbox;
import org.dmuser.tests.harness.ServiceRig;
import org.dmuser.tests.harness.SystemTest;
import org.dmuser.tests.harness.Wait;
import org.junit.jupiter.api.Test;

/** Removing devices: those in use stay, unless by force, and nothing keeps force from coming to an end. */
@SystemTest
@Needs(Requirement.FUSE)
class RemoveTest {
    private static final Duration END = Sandbox.SHORT;

    @Test
    void shouldEndDaemon(Sandbox sandbox) throws Exception {
        ServiceRig service = sandbox.serve();
        Path device = service.createUser("disk", 2048);
        CliProcess daemon = service.attach("disk", "memory");
        new DeviceIo(sandbox, device).requireUsable();
        service.run("remove", "disk");
        assertEquals(0, daemon.await(END).status(), daemon.toString());
        assertTrue(!Files.exists(device));
    }

    @Test
    @Needs(Requirement.LOOP)
    void shouldRefuseWhileLoopDeviceIsOnIt(Sandbox sandbox) throws Exception {
        ServiceRig service = sandbox.serve();
        Path device = service.createUser("disk", 2048);
        service.attach("disk", "memory");
        Path loop = Loops.attach(sandbox, device);
        sandbox.dmuser("remove", "disk").requireOneLine("\"disk\"", "in use");
        new DeviceIo(sandbox, loop).requireUsable();
        Loops.detach(sandbox, loop);
        Wait.until("device is closed", END, () -> service.run("info", "disk").contains("Open count:        0"));
        service.run("remove", "disk");
    }

    @Test
    void shouldRefuseWhileOthersAreMappedToIt(Sandbox sandbox) throws Exception {
        ServiceRig service = sandbox.serve();
        Path device = service.createUser("disk", 2048);
        service.attach("disk", "memory");
        service.run("create", "half", "--table", "0 1024 linear " + device + " 1024");
        sandbox.dmuser("remove", "disk").requireOneLine("\"disk\"", "in use");
        Path data = sandbox.randomFile("data", 4096);
        new DeviceIo(sandbox, service.file("half")).write(data).requireSuccess();
        new DeviceIo(sandbox, device).requireHolds(1024 * 512, data);
        service.run("remove", "half", "disk");
    }

    @Test
    void shouldEndHangingHandlerByForce(Sandbox sandbox) throws Exception {
        ServiceRig service = sandbox.serve();
        Path device = service.createUser("disk", 2048);
        CliProcess daemon = service.attach(
                "disk",
                Troubled.class.getName(),
                "--classpath",
                Sandbox.testClasses().toString());
        Running reader = startReading(sandbox, device, Troubled.Trouble.HANG);
        Wait.until("device is open", END, () -> service.run("info", "disk").contains("Open count:        1"));
        sandbox.dmuser("remove", "disk").requireOneLine("\"disk\"", "in use");
        service.run("remove", "--force", "--retry", "disk");
        Outcome read = reader.await(END);
        assertTrue(read.status() != 0, read.toString());
        assertTrue(!Files.exists(device));
        assertTrue(daemon.await(END).status() >= 0);
    }

    @Test
    void shouldEndReaderNobodyServesByForce(Sandbox sandbox) throws Exception {
        ServiceRig service = sandbox.serve();
        Path device = service.createUser("disk", 2048);
        Running reader = startReading(sandbox, device, Troubled.Trouble.NONE);
        Wait.until("device is open", END, () -> service.run("info", "disk").contains("Open count:        1"));
        service.run("remove", "--force", "--retry", "disk");
        assertTrue(reader.await(END).status() != 0);
    }

    @Test
    void shouldRemoveSuspendedDeviceByForce(Sandbox sandbox) throws Exception {
        ServiceRig service = sandbox.serve();
        Path device = service.createUser("disk", 2048);
        service.attach("disk", "memory");
        service.run("suspend", "disk");
        Running reader = startReading(sandbox, device, Troubled.Trouble.NONE);
        Wait.until("device is open", END, () -> service.run("info", "disk").contains("Open count:        1"));
        service.run("remove", "--force", "--retry", "disk");
        assertTrue(reader.await(END).status() != 0);
    }

    @Test
    void shouldStopWhileNobodyServesWhatAnotherIsMappedTo(Sandbox sandbox) throws Exception {
        ServiceRig service = sandbox.serve();
        Path lower = service.createUser("lower", 2048);
        service.run("create", "upper", "--table", "0 1024 linear " + lower + " 0");
        Running reader = startReading(sandbox, service.file("upper"), Troubled.Trouble.NONE);
        Wait.until("device is open", END, () -> service.run("info", "upper").contains("Open count:        1"));
        service.stop();
        assertTrue(reader.await(END).status() != 0);
    }

    private static Running startReading(Sandbox sandbox, Path device, Troubled.Trouble block) throws Exception {
        return sandbox.startProgram(
                "dd", "if=" + device, "of=/dev/null", "bs=4096", "count=1", "skip=" + block.ordinal());
    }
}
