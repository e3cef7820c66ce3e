package org.dmuser.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.dmuser.tests.harness.CliProcess;
import org.dmuser.tests.harness.DeviceIo;
import org.dmuser.tests.harness.Needs;
import org.dmuser.tests.harness.Outcome;
import org.dmuser.tests.harness.Requirement;
import org.dmuser.tests.harness.Sandbox;
import org.dmuser.tests.harness.SystemTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code dmuser run}: one command, one disk, in a file. */
@SystemTest
@Needs(Requirement.FUSE)
class RunTest {
    private static final Duration END = Sandbox.SHORT;

    @ParameterizedTest
    @ValueSource(strings = {"INT", "TERM"})
    void shouldBeUsableUntilSignalled(String signal, Sandbox sandbox) throws Exception {
        Path file = sandbox.path("disk");
        CliProcess run = sandbox.start("run", "memory", "--size", "1G", "--at", file.toString())
                .awaitReady();
        assertEquals(1L << 30, Files.size(file));
        new DeviceIo(sandbox, file).requireUsable();
        run.signal(signal);
        assertEquals(0, run.await(END).status());
        sandbox.requireNothingLeft();
        assertFalse(Files.exists(file));
    }

    @ParameterizedTest
    @ValueSource(strings = {"umount", "fusermount -u"})
    void shouldEndWhenUnmounted(String command, Sandbox sandbox) throws Exception {
        Path file = sandbox.path("disk");
        CliProcess run = sandbox.start("run", "memory", "--size", "1G", "--at", file.toString())
                .awaitReady();
        new DeviceIo(sandbox, file).requireUsable();
        sandbox.program((command + " " + file).split(" ")).requireSuccess();
        assertEquals(0, run.await(END).status());
        sandbox.requireNothingLeft();
    }

    @Test
    void shouldRefuseWritesWhenReadOnly(Sandbox sandbox) throws Exception {
        Path image = sandbox.randomFile("image", 1024 * 1024);
        Path file = sandbox.path("disk");
        sandbox.start("run", "file", "path=" + image, "--read-only", "--at", file.toString())
                .awaitReady();
        DeviceIo device = new DeviceIo(sandbox, file);
        Outcome write = device.write(image, "bs=4k", "count=1");
        assertTrue(write.status() != 0 && write.err().contains("Read-only file system"), write.toString());
        Outcome punch = sandbox.program("fallocate", "--punch-hole", "--offset", "0", "--length", "4k", "" + file);
        assertTrue(punch.status() != 0 && punch.err().contains("Read-only file system"), punch.toString());
        device.requireHolds(0, image);
        interrupt(sandbox);
    }

    @Test
    void shouldKeepWhatWasWrittenToFile(Sandbox sandbox) throws Exception {
        Path image = sandbox.path("image");
        Path file = sandbox.path("disk");
        Path data = sandbox.randomFile("data", 1024 * 1024);
        CliProcess first = sandbox.start("run", "file", "path=" + image, "create=64M", "--at", file.toString())
                .awaitReady();
        new DeviceIo(sandbox, file).write(data, "bs=1M", "seek=7").requireSuccess();
        first.signal("INT");
        first.await(END).requireSuccess();
        sandbox.start("run", "file", "path=" + image, "--at", file.toString()).awaitReady();
        new DeviceIo(sandbox, file).requireHolds(7 << 20, data);
        interrupt(sandbox);
    }

    @Test
    void shouldTakeOverFromOneThatWasKilled(Sandbox sandbox) throws Exception {
        Path file = sandbox.path("disk");
        List<String> command = List.of("run", "memory", "--size", "64M", "--at", file.toString());
        CliProcess killed = sandbox.start(command.toArray(String[]::new)).awaitReady();
        new DeviceIo(sandbox, file).requireUsable();
        killed.kill();
        sandbox.start(command.toArray(String[]::new)).awaitReady();
        new DeviceIo(sandbox, file).requireUsable();
        interrupt(sandbox);
    }

    @Test
    void shouldServeSeveralAtATime(Sandbox sandbox) throws Exception {
        Path first = sandbox.path("first");
        Path second = sandbox.path("second");
        sandbox.start("run", "memory", "--size", "64M", "--at", first.toString());
        sandbox.start("run", "memory", "--size", "32M", "--at", second.toString());
        for (CliProcess run : sandbox.commands()) {
            run.awaitReady();
        }
        new DeviceIo(sandbox, first).requireUsable();
        new DeviceIo(sandbox, second).requireUsable();
        assertEquals(64 << 20, Files.size(first));
        assertEquals(32 << 20, Files.size(second));
        interrupt(sandbox);
    }

    @Test
    void shouldServePattern(Sandbox sandbox) throws Exception {
        Path file = sandbox.path("disk");
        sandbox.start("run", "pattern", "--size", "1G", "--at", file.toString()).awaitReady();
        Outcome words = sandbox.program(
                "od", "-A", "n", "-t", "x8", "--endian=big", "-j", "805306368", "-N", "16", file.toString());
        assertEquals(
                "0000000030000000 0000000030000008",
                words.requireSuccess().out().strip());
        interrupt(sandbox);
    }

    private static void interrupt(Sandbox sandbox) throws Exception {
        for (CliProcess run : sandbox.commands()) {
            run.signal("INT");
            Outcome outcome = run.await(END);
            assertTrue(outcome.status() == 0 || outcome.status() == 137, outcome.toString());
        }
        sandbox.requireNothingLeft();
    }
}
