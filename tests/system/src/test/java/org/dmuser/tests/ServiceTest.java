package org.dmuser.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.dmuser.tests.harness.CliProcess;
import org.dmuser.tests.harness.DeviceIo;
import org.dmuser.tests.harness.Needs;
import org.dmuser.tests.harness.Outcome;
import org.dmuser.tests.harness.Requirement;
import org.dmuser.tests.harness.Sandbox;
import org.dmuser.tests.harness.ServiceRig;
import org.dmuser.tests.harness.SystemTest;
import org.dmuser.tests.harness.Wait;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The resident service: starting, several devices, ending. */
@SystemTest
@Needs(Requirement.FUSE)
class ServiceTest {
    private static final Duration END = Sandbox.SHORT;

    @Test
    void shouldRefuseSecondServiceOnOneDirectory(Sandbox sandbox) throws Exception {
        ServiceRig service = sandbox.serve();
        Path device = service.createUser("disk", 2048);
        service.attach("disk", "memory");
        sandbox.dmuser("serve").requireOneLine(sandbox.runDirectory().toString());
        sandbox.dmuser("serve", "--detach")
                .requireOneLine(sandbox.runDirectory().toString());
        new DeviceIo(sandbox, device).requireUsable();
    }

    @Test
    void shouldServeTwoDevices(Sandbox sandbox) throws Exception {
        ServiceRig service = sandbox.serve();
        Path first = service.createUser("first", 2048);
        Path second = service.createUser("second", 4096);
        service.attach("first", "memory");
        service.attach("second", "memory");
        DeviceIo firstIo = new DeviceIo(sandbox, first);
        DeviceIo secondIo = new DeviceIo(sandbox, second);
        Path data = sandbox.randomFile("data", 1 << 20);
        firstIo.write(data, "bs=64k").requireSuccess();
        secondIo.requireZeroes(0, 2 << 20);
        secondIo.requireUsable();
        firstIo.requireHolds(0, data);
        service.run("remove", "first");
        assertTrue(!Files.exists(first));
        secondIo.requireUsable();
    }

    @Test
    void shouldGoOnInBackgroundWhenDetached(Sandbox sandbox) throws Exception {
        sandbox.dmuser("serve", "--detach").requireSuccess();
        sandbox.dmuser("create", "disk", "--table", "0 2048 user 0 2048 disk").requireSuccess();
        sandbox.dmuser("attach", "disk", "memory", "--detach").requireSuccess();
        new DeviceIo(sandbox, sandbox.runDirectory().resolve("mapper/disk")).requireUsable();
        sandbox.dmuser("stop").requireSuccess();
        sandbox.requireNothingLeft();
    }

    @ParameterizedTest
    @ValueSource(strings = {"INT", "TERM", "stop"})
    void shouldEndWithAllItHas(String how, Sandbox sandbox) throws Exception {
        ServiceRig service = sandbox.serve();
        service.createUser("disk", 2048);
        service.createUser("waiting", 2048);
        CliProcess daemon = service.attach("disk", "memory");
        if (how.equals("stop")) {
            sandbox.dmuser("stop").requireSuccess();
        } else {
            service.process().signal(how);
        }
        assertEquals(0, service.process().await(END).status(), service.process().toString());
        daemon.await(END);
        sandbox.requireNothingLeft();
    }

    @Test
    void shouldEndWhileDeviceIsInUse(Sandbox sandbox) throws Exception {
        ServiceRig service = sandbox.serve();
        Path device = service.createUser("disk", 2048);
        // Nobody serves it, so this waits until the end of the device.
        sandbox.startProgram("dd", "if=" + device, "of=/dev/null", "bs=4k");
        Wait.until("device is open", END, () -> service.run("info", "disk").contains("Open count:        1"));
        sandbox.dmuser("stop").requireSuccess();
        service.process().await(END);
        sandbox.requireNothingLeft();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ls", "info", "stop", "status", "table disk", "remove disk", "attach disk memory"})
    void shouldSayThatThereIsNone(String command, Sandbox sandbox) throws Exception {
        sandbox.dmuser(command.split(" ")).requireOneLine(sandbox.runDirectory().toString());
        assertTrue(!Files.exists(sandbox.runDirectory()));
    }

    @Test
    void shouldNotUseDirectoryThatIsNone(Sandbox sandbox) throws Exception {
        Path file = Files.writeString(sandbox.path("run"), "something else");
        sandbox.dmuser("serve").requireOneLine(file.toString());
        assertEquals("something else", Files.readString(file));
        Outcome outcome =
                sandbox.dmuser("serve", "--run-dir", sandbox.path("missing/run").toString());
        outcome.requireOneLine(sandbox.path("missing").toString());
        outcome = sandbox.dmuser(
                "serve", "--run-dir", sandbox.path("x".repeat(120)).toString());
        outcome.requireOneLine("--run-dir");
    }
}
