package org.dmuser.cli.system;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.dmuser.cli.base.CliException;
import org.dmuser.cli.base.StopSignal;

/** A program of the system, such as losetup: reads nothing, and what it writes is kept. */
public final class ExternalCommand {
    /** How one ended. */
    public record Result(int status, String output) {
        public boolean isSuccess() {
            return status == 0;
        }

        /** What it wrote, in one line; of much the beginning and the end. */
        public String summary() {
            List<String> lines = output.lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty() && !line.startsWith("mke2fs "))
                    .toList();
            if (lines.isEmpty()) {
                return "exit status " + status;
            }
            if (lines.size() <= 2 * LINES_SHOWN) {
                return String.join("; ", lines);
            }
            return String.join("; ", lines.subList(0, LINES_SHOWN)) + "; ...; "
                    + String.join("; ", lines.subList(lines.size() - LINES_SHOWN, lines.size()));
        }
    }

    private static final int LINES_SHOWN = 3;
    private static final long POLL_MS = 200;

    /** How long one may take to die: it may be in the kernel, waiting for a handler that hangs. */
    private static final Duration KILL_PATIENCE = Duration.ofSeconds(2);

    private final List<String> words;

    private ExternalCommand(List<String> words) {
        this.words = words;
    }

    public static ExternalCommand of(String... words) {
        return new ExternalCommand(List.of(words));
    }

    /** Whether there is a program of that name. */
    public static boolean exists(String program) {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(":"))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
    }

    public static ExternalCommand of(List<String> words) {
        return new ExternalCommand(List.copyOf(words));
    }

    /**
     * Runs it to its end, or until the stop signal, which kills it.
     *
     * @return what it wrote
     * @throws CliException if it failed
     */
    public String run(StopSignal stop) throws InterruptedException {
        Result result = tryRun(stop);
        if (!result.isSuccess()) {
            throw new CliException(this + " failed: " + result.summary());
        }
        return result.output();
    }

    /** As {@link #run}, with failing left to the caller to judge. */
    public Result tryRun(StopSignal stop) throws InterruptedException {
        Process process = start();
        CommandOutput output = new CommandOutput(process.getInputStream());
        Runnable kill = process::destroy;
        stop.onRequest(kill);
        try {
            long stoppedMs = 0;
            while (!ends(process, output)) {
                stoppedMs += stop.isRequested() ? POLL_MS : 0;
                if (stoppedMs > KILL_PATIENCE.toMillis()) {
                    throw new CliException(this + " hangs");
                }
            }
            return new Result(process.exitValue(), output.text());
        } finally {
            stop.forget(kill);
        }
    }

    /**
     * Runs it to its end, stop signal or not, as long as there is progress.
     *
     * @param progress a number that changes as long as what the program waits for goes on
     * @param patience how long it may stand still
     * @return nothing if the program hangs; it is left to itself, since one that hangs in the kernel cannot be killed
     */
    public Optional<Result> runWhile(LongSupplier progress, Duration patience, StopSignal stop)
            throws InterruptedException {
        Process process = start();
        CommandOutput output = new CommandOutput(process.getInputStream());
        Headway headway = new Headway(progress, patience, stop);
        while (!ends(process, output)) {
            if (headway.isOver()) {
                process.destroy();
                return Optional.empty();
            }
        }
        return Optional.of(new Result(process.exitValue(), output.text()));
    }

    /** Takes output for {@value #POLL_MS} ms or somewhat more; whether the process has ended. */
    private static boolean ends(Process process, CommandOutput output) throws InterruptedException {
        long pauseMs = 1;
        for (long waitedMs = 0; waitedMs < POLL_MS; waitedMs += pauseMs) {
            // One that writes more than a pipe holds waits for it to be emptied.
            pauseMs = output.take() ? 1 : 2 * pauseMs;
            if (process.waitFor(pauseMs, TimeUnit.MILLISECONDS)) {
                return true;
            }
        }
        return false;
    }

    /** Starts it and leaves it to whoever asked; what it writes goes to {@code log}. */
    public Process start(Path log) {
        return start(ProcessBuilder.Redirect.to(log.toFile()));
    }

    private Process start() {
        return start(ProcessBuilder.Redirect.PIPE);
    }

    private Process start(ProcessBuilder.Redirect output) {
        try {
            return new ProcessBuilder(words)
                    .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                    .redirectErrorStream(true)
                    .redirectOutput(output)
                    .start();
        } catch (IOException e) {
            throw new CliException(words.get(0) + " cannot be run; is it installed?", e);
        }
    }

    /** The command line. */
    @Override
    public String toString() {
        return String.join(" ", words);
    }
}
