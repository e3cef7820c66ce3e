package org.dmuser.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.dmuser.tests.handlers.Held;
import org.dmuser.tests.harness.CliProcess;
import org.dmuser.tests.harness.DeviceIo;
import org.dmuser.tests.harness.Needs;
import org.dmuser.tests.harness.Outcome;
import org.dmuser.tests.harness.Requirement;
import org.dmuser.tests.harness.Running;
import org.dmuser.tests.harness.Sandbox;
import org.dmuser.tests.harness.SystemTest;
import org.dmuser.tests.harness.Wait;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code dmuser run} with {@code --loop}, {@code --mkfs} and {@code --mount}: all is undone at the end. */
@SystemTest
@Needs({Requirement.FUSE, Requirement.LOOP})
class RunLoopTest {
    private static final Duration END = Sandbox.SHORT;
    private static final String WAITS = "waiting for /dev/loop\\d+ to be let go of .*; Ctrl-C ends it at once";

    private static final int ROUNDS = 6;

    @Test
    void shouldMakeLoopDevice(Sandbox sandbox) throws Exception {
        CliProcess run =
                sandbox.start("run", "memory", "--size", "64M", "--loop").awaitReady();
        List<String> loops = sandbox.loopDevices();
        assertEquals(1, loops.size(), run.toString());
        assertTrue(run.out().contains(loops.get(0)), run.toString());
        assertEquals(
                "1",
                Files.readString(Path.of("/sys/block", loops.get(0).substring(5), "loop/dio"))
                        .strip());
        new DeviceIo(sandbox, Path.of(loops.get(0))).requireUsable();
        run.signal("INT");
        assertEquals(0, run.await(END).status());
        sandbox.requireNothingLeft();
    }

    @ParameterizedTest
    @ValueSource(strings = {"INT", "TERM", "umount"})
    void shouldMakeFileSystem(String end, Sandbox sandbox) throws Exception {
        Path directory = sandbox.emptyDirectory("mnt");
        CliProcess run = sandbox.start(
                        "run", "memory", "--size", "64M", "--loop", "--mkfs", "ext4", "--mount", directory.toString())
                .awaitReady();
        Path data = sandbox.randomFile("data", 1024 * 1024);
        Path copy = directory.resolve("copy");
        sandbox.program("cp", data.toString(), copy.toString()).requireSuccess();
        sandbox.program("sync", "--file-system", copy.toString()).requireSuccess();
        sandbox.program("cmp", data.toString(), copy.toString()).requireSuccess();
        if (end.equals("umount")) {
            sandbox.program("umount", directory.toString()).requireSuccess();
        } else {
            run.signal(end);
        }
        assertEquals(0, run.await(END).status(), run.toString());
        sandbox.requireNothingLeft();
    }

    /** The kernel takes a file system out of the name space before it has written what it had in memory. */
    @Test
    void shouldTakeWhatIsWrittenWhileItIsUnmounted(Sandbox sandbox) throws Exception {
        Path directory = sandbox.emptyDirectory("mnt");
        Path hold = sandbox.path("hold");
        Path durable = sandbox.path("durable");
        CliProcess run = startHeld(sandbox, directory, hold, durable);
        Path data = sandbox.randomFile("data", 4 << 20);
        sandbox.program("cp", data.toString(), directory.resolve("copy").toString())
                .requireSuccess();
        Files.createFile(hold);
        Running umount = sandbox.startProgram("umount", directory.toString());
        run.awaitOutput(WAITS, END);
        // Longer than it gives those who keep the file open without a right to it.
        Wait.moment(Duration.ofSeconds(6));
        Files.delete(hold);
        umount.await(END).requireSuccess();
        assertEquals(0, run.await(END).status(), run.toString());
        sandbox.program("e2fsck", "-fn", durable.toString()).requireSuccess();
        Path restored = sandbox.path("restored");
        sandbox.program("debugfs", "-R", "dump copy " + restored, durable.toString())
                .requireSuccess();
        assertEquals(-1, Files.mismatch(data, restored));
        sandbox.requireNothingLeft();
    }

    /** The next run takes down what such a one has left. */
    @Test
    void shouldNotWaitForThatAfterCtrlC(Sandbox sandbox) throws Exception {
        Path directory = sandbox.emptyDirectory("mnt");
        Path hold = sandbox.path("hold");
        CliProcess run = startHeld(sandbox, directory, hold, sandbox.path("durable"));
        Path data = sandbox.randomFile("data", 4 << 20);
        sandbox.program("cp", data.toString(), directory.resolve("copy").toString())
                .requireSuccess();
        Files.createFile(hold);
        Running umount = sandbox.startProgram("umount", directory.toString());
        run.awaitOutput(WAITS, END);
        run.signal("INT");
        assertEquals(130, run.await(END).status(), run.toString());
        umount.await(END);
        CliProcess next = sandbox.start("run", "memory", "--size", "1M").awaitReady();
        next.signal("INT");
        assertEquals(0, next.await(END).status(), next.toString());
        sandbox.requireNothingLeft();
    }

    private static CliProcess startHeld(Sandbox sandbox, Path directory, Path hold, Path durable) throws Exception {
        return sandbox.start(
                        "run",
                        Held.class.getName(),
                        "durable=" + durable,
                        "hold=" + hold,
                        "--classpath",
                        Sandbox.testClasses().toString(),
                        "--size",
                        "32M",
                        "--mkfs",
                        "ext4",
                        "--mount",
                        directory.toString())
                .awaitReady();
    }

    @Test
    void shouldMountWhatWasMadeBefore(Sandbox sandbox) throws Exception {
        Path image = sandbox.path("image");
        Path directory = sandbox.emptyDirectory("mnt");
        Path data = sandbox.randomFile("data", 1024 * 1024);
        CliProcess first = sandbox.start(
                        "run",
                        "file",
                        "path=" + image,
                        "create=64M",
                        "--mkfs",
                        "ext4",
                        "--loop",
                        "--mount",
                        "" + directory)
                .awaitReady();
        sandbox.program("cp", data.toString(), directory.resolve("copy").toString())
                .requireSuccess();
        first.signal("INT");
        assertEquals(0, first.await(END).status());
        CliProcess second = sandbox.start("run", "file", "path=" + image, "--loop", "--mount", directory.toString())
                .awaitReady();
        sandbox.program("cmp", data.toString(), directory.resolve("copy").toString())
                .requireSuccess();
        second.signal("INT");
        assertEquals(0, second.await(END).status());
        sandbox.requireNothingLeft();
    }

    /** Whatever it was doing: it undoes that. */
    @Test
    void shouldLeaveNothingWhenInterruptedAtAnyMoment(Sandbox sandbox) throws Exception {
        Path directory = sandbox.emptyDirectory("mnt");
        for (int round = 0; round < ROUNDS; round++) {
            Duration moment = Duration.ofMillis(sandbox.random().nextInt(2500));
            CliProcess run = sandbox.start(
                    "run", "memory", "--size", "64M", "--loop", "--mkfs", "ext4", "--mount", directory.toString());
            Wait.moment(moment);
            run.signal("INT");
            Outcome outcome = run.await(END);
            // 130: it had not yet come so far as to answer a signal.
            assertTrue(
                    outcome.status() == 0 || outcome.status() == 130 || outcome.status() == 1,
                    "interrupted after " + moment.toMillis() + " ms: " + outcome);
            sandbox.requireNothingLeft();
        }
    }
}
