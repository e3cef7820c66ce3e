package org.dmuser.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.dmuser.tests.handlers.SlowToClose;
import org.dmuser.tests.handlers.Troubled;
import org.dmuser.tests.handlers.Troubled.Trouble;
import org.dmuser.tests.handlers.Twice;
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
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Handlers with defects: the request in question fails, and everything else goes on. */
@SystemTest
@Needs(Requirement.FUSE)
class TroubledHandlerTest {
    private static final Duration END = Sandbox.SHORT;
    private static final String WAITS = "waiting for handler .*SlowToClose to close, .*; Ctrl-C ends it at once";

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldFailOneRequestAndGoOn(boolean embedded, Sandbox sandbox) throws Exception {
        Path device = start(sandbox, embedded, Troubled.class);
        DeviceIo io = new DeviceIo(sandbox, device);
        Path data = sandbox.randomFile("data", Troubled.BLOCK);
        Path copy = sandbox.path("copy");
        for (Trouble trouble : Trouble.values()) {
            if (trouble != Trouble.NONE && trouble != Trouble.HANG) {
                String number = Integer.toString(trouble.ordinal());
                requireInputOutputError(io.read(copy, "bs=4k", "count=1", "skip=" + number));
                requireInputOutputError(io.write(data, "bs=4k", "count=1", "seek=" + number));
                io.write(data, "bs=4k", "count=1").requireSuccess();
                io.requireHolds(0, data);
            }
        }
        end(sandbox, embedded, device);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldTakeFirstAnswerOnly(boolean embedded, Sandbox sandbox) throws Exception {
        Path device = start(sandbox, embedded, Twice.class);
        Path copy = sandbox.path("copy");
        DeviceIo io = new DeviceIo(sandbox, device);
        for (int i = 0; i < 3; i++) {
            io.read(copy, "bs=4k", "count=8").requireSuccess();
            assertEquals("Z".repeat(8 * 4096), Files.readString(copy));
            io.write(copy, "bs=4k").requireSuccess();
        }
        end(sandbox, embedded, device);
    }

    @Test
    void shouldEndThoughHandlerHangs(Sandbox sandbox) throws Exception {
        Path hangs = sandbox.path("hangs");
        Path device = start(sandbox, true, Troubled.class, "hangs=" + hangs);
        readWhatHangs(sandbox, device, hangs);
        CliProcess run = sandbox.commands().get(0);
        run.signal("INT");
        Outcome outcome = run.await(Sandbox.SHORT);
        assertEquals(1, outcome.status(), outcome.toString());
        assertTrue(outcome.err().lines().allMatch(line -> line.startsWith("dmuser: ")), outcome.toString());
        assertTrue(outcome.err().contains("the handler hangs: "), outcome.toString());
        assertTrue(outcome.err().contains("(Troubled.java:"), outcome.toString());
        sandbox.requireNothingLeft();
        assertFalse(Files.exists(device));
    }

    @Test
    void shouldEndDaemonThoughHandlerHangs(Sandbox sandbox) throws Exception {
        ServiceRig service = sandbox.serve();
        Path device = service.createUser("disk", 2048);
        String classes = Sandbox.testClasses().toString();
        Path hangs = sandbox.path("hangs");
        CliProcess daemon = service.attach("disk", Troubled.class.getName(), "hangs=" + hangs, "--classpath", classes);
        readWhatHangs(sandbox, device, hangs);
        daemon.signal("TERM");
        Outcome outcome = daemon.await(END);
        assertTrue(outcome.status() != 0 && outcome.err().contains("Troubled.java"), outcome.toString());
    }

    /** Longer than what cannot even begin gets, and, of a run, any other step of the end. */
    @ParameterizedTest
    @CsvSource({"false, 18", "true, 32"})
    void shouldWaitForAHandlerThatIsSlowToClose(boolean embedded, int seconds, Sandbox sandbox) throws Exception {
        Path closed = sandbox.path("closed");
        CliProcess process = startSlowToClose(sandbox, embedded, seconds, closed);
        process.signal("TERM");
        process.awaitOutput(WAITS, END);
        process.await(END).requireSuccess();
        assertTrue(Files.exists(closed));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldEndAtOnceWhenInterruptedAgain(boolean embedded, Sandbox sandbox) throws Exception {
        Path closed = sandbox.path("closed");
        CliProcess process = startSlowToClose(sandbox, embedded, SlowToClose.SECONDS_MAX, closed);
        process.signal("INT");
        process.awaitOutput(WAITS, END);
        process.signal("INT");
        Outcome outcome = process.await(END);
        // By the signal.
        assertEquals(130, outcome.status(), outcome.toString());
        assertFalse(Files.exists(closed));
    }

    private static CliProcess startSlowToClose(Sandbox sandbox, boolean embedded, int seconds, Path closed)
            throws Exception {
        start(sandbox, embedded, SlowToClose.class, "closed=" + closed, "seconds=" + seconds);
        List<CliProcess> commands = sandbox.commands();
        return commands.get(commands.size() - 1);
    }

    /** Returns when the handler hangs. */
    private static void readWhatHangs(Sandbox sandbox, Path device, Path hangs) throws Exception {
        sandbox.startProgram("dd", "if=" + device, "of=/dev/null", "bs=4k", "skip=" + Trouble.HANG.ordinal());
        Wait.until("the handler hangs", END, () -> Files.exists(hangs));
    }

    private static void requireInputOutputError(Outcome outcome) {
        assertTrue(outcome.status() != 0 && outcome.err().contains("Input/output error"), outcome.toString());
    }

    private static Path start(Sandbox sandbox, boolean embedded, Class<?> handler, String... keys) throws Exception {
        String classes = Sandbox.testClasses().toString();
        if (embedded) {
            Path file = sandbox.path("disk");
            List<String> words = new ArrayList<>(List.of("run", handler.getName()));
            words.addAll(List.of(keys));
            words.addAll(List.of("--classpath", classes, "--size", "1M", "--at", file.toString()));
            sandbox.start(words.toArray(String[]::new)).awaitReady();
            return file;
        }
        ServiceRig service = sandbox.serve();
        Path device = service.createUser("disk", 2048);
        List<String> words = new ArrayList<>(List.of(handler.getName()));
        words.addAll(List.of(keys));
        words.addAll(List.of("--classpath", classes));
        service.attach("disk", words.toArray(String[]::new));
        return device;
    }

    private static void end(Sandbox sandbox, boolean embedded, Path device) throws Exception {
        if (embedded) {
            sandbox.program("umount", device.toString()).requireSuccess();
            sandbox.commands().get(0).await(END).requireSuccess();
        }
    }
}
