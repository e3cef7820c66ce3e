package org.dmuser.tests;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.dmuser.tests.handlers.Hanging;
import org.dmuser.tests.harness.CliProcess;
import org.dmuser.tests.harness.DeviceIo;
import org.dmuser.tests.harness.Needs;
import org.dmuser.tests.harness.Outcome;
import org.dmuser.tests.harness.Requirement;
import org.dmuser.tests.harness.Running;
import org.dmuser.tests.harness.Sandbox;
import org.dmuser.tests.harness.ServiceRig;
import org.dmuser.tests.harness.SystemTest;
import org.dmuser.tests.harness.Wait;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** More requests than there is room for, to a handler that hangs: what can be answered is. */
@SystemTest
@Needs(Requirement.FUSE)
class CrowdTest {
    private static final Duration END = Sandbox.SHORT;

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldRefuseWhatIsTooManyAndAnswerTheRest(boolean embedded, Sandbox sandbox) throws Exception {
        Path release = sandbox.path("release");
        Path device = start(sandbox, embedded, release);
        Running crowd = startReaders(sandbox, device, 300);
        crowd.awaitOutput("Resource temporarily unavailable", END);
        sandbox.program("stat", device.toString()).requireSuccess();
        sandbox.program("sh", "-c", ": < " + device).requireSuccess();
        Files.createFile(release);
        Outcome outcome = crowd.await(END).requireSuccess();
        long refused =
                outcome.err().lines().filter(line -> line.contains("Resource")).count();
        assertTrue(refused < 100, () -> refused + " were refused: " + outcome);
        new DeviceIo(sandbox, device).requireUsable();
        if (embedded) {
            CliProcess run = sandbox.commands().get(0);
            run.signal("INT");
            run.await(END).requireSuccess();
        }
    }

    @Test
    void shouldRefuseWhatThereIsNoMemoryFor(Sandbox sandbox) throws Exception {
        Path release = sandbox.path("release");
        Path device = sandbox.path("disk");
        Running run = sandbox.startProgram(
                "env",
                "DMUSER_JAVA_OPTS=-XX:MaxDirectMemorySize=16m",
                System.getProperty("dmuser.launcher"),
                "run",
                Hanging.class.getName(),
                "--fuse",
                "native",
                "--classpath",
                Sandbox.testClasses().toString(),
                "block=0",
                "release=" + release,
                "--size",
                "1M",
                "--at",
                device.toString());
        run.awaitOutput("Ctrl-C ends it", END);
        Running crowd = startReaders(sandbox, device, 40);
        crowd.awaitOutput("Resource temporarily unavailable", END);
        sandbox.program("stat", device.toString()).requireSuccess();
        Files.createFile(release);
        crowd.await(END).requireSuccess();
        DeviceIo io = new DeviceIo(sandbox, device);
        Path data = sandbox.randomFile("data", Hanging.BLOCK);
        // Those who have just answered have the memory still.
        Wait.until("memory", END, () -> io.write(data).status() == 0);
        io.requireUsable();
        run.awaitOutput("-XX:MaxDirectMemorySize", END);
        run.signal("INT");
        run.await(END).requireSuccess();
    }

    private static Running startReaders(Sandbox sandbox, Path device, int count) throws Exception {
        return sandbox.startProgram(
                "sh",
                "-c",
                "for i in $(seq " + count + "); do dd if=" + device
                        + " of=/dev/null bs=4k count=1 status=none & done; wait");
    }

    private static Path start(Sandbox sandbox, boolean embedded, Path release) throws Exception {
        String classes = Sandbox.testClasses().toString();
        String name = Hanging.class.getName();
        if (embedded) {
            Path file = sandbox.path("disk");
            sandbox.start(
                            "run",
                            name,
                            "--classpath",
                            classes,
                            "block=0",
                            "release=" + release,
                            "--size",
                            "1M",
                            "--at",
                            file.toString())
                    .awaitReady();
            return file;
        }
        ServiceRig service = sandbox.serve();
        Path file = service.createUser("disk", 2048);
        service.attach("disk", name, "--classpath", classes, "block=0", "release=" + release, "--channels", "2");
        return file;
    }
}
