package org.dmuser.cli.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.dmuser.cli.base.CliException;
import org.dmuser.cli.base.StopSignal;
import org.junit.jupiter.api.Test;

final class ExternalCommandTest {
    private final StopSignal stop = StopSignal.never();

    @Test
    void shouldKeepWhatItWritesOnBothStreams() throws InterruptedException {
        assertEquals(
                "a\nb\n", ExternalCommand.of("sh", "-c", "echo a; echo b >&2").run(stop));
    }

    @Test
    void shouldKeepMoreThanAPipeHolds() throws InterruptedException {
        assertEquals(
                "x".repeat(1_000_000),
                ExternalCommand.of("sh", "-c", "head -c 1000000 /dev/zero | tr '\\0' x")
                        .run(stop));
    }

    @Test
    void shouldNotWaitForWhatTheProgramLeavesRunning() throws InterruptedException {
        String left = ExternalCommand.of("sh", "-c", "sleep 600 & echo $!").run(stop);
        assertTrue(ProcessHandle.of(Long.parseLong(left.strip())).orElseThrow().destroyForcibly());
    }

    @Test
    void shouldReadNothing() throws InterruptedException {
        assertEquals("", ExternalCommand.of("cat").run(stop));
    }

    @Test
    void shouldSayWhatFailedAndHow() {
        CliException e = assertThrows(
                CliException.class,
                () -> ExternalCommand.of("sh", "-c", "echo no room; exit 3").run(stop));
        assertEquals("sh -c echo no room; exit 3 failed: no room", e.getMessage());
    }

    @Test
    void shouldSayThatThereIsNoSuchProgram() {
        CliException e = assertThrows(
                CliException.class, () -> ExternalCommand.of("no-such-program").run(stop));
        assertEquals("no-such-program cannot be run; is it installed?", e.getMessage());
        assertFalse(ExternalCommand.exists("no-such-program"));
        assertTrue(ExternalCommand.exists("sh"));
    }

    @Test
    void shouldSummarize() {
        assertEquals("exit status 4", new ExternalCommand.Result(4, " \n\n").summary());
        assertEquals("a; b", new ExternalCommand.Result(4, "mke2fs 1.47.0 (5-Feb-2023)\na\n b \n").summary());
        assertEquals("1; 2; 3; ...; 6; 7; 8", new ExternalCommand.Result(4, "1\n2\n3\n4\n5\n6\n7\n8\n").summary());
    }

    @Test
    void shouldGiveUpOnlyWithoutProgress() throws InterruptedException {
        ExternalCommand waiting = ExternalCommand.of("sleep", "600");
        assertTrue(waiting.runWhile(() -> 0, Duration.ofMillis(1), stop).isEmpty());
        AtomicLong progress = new AtomicLong();
        assertTrue(ExternalCommand.of("sleep", "1")
                .runWhile(progress::incrementAndGet, Duration.ofMillis(1), stop)
                .isPresent());
    }
}
