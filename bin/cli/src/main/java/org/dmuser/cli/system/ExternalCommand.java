package org.dmuser.cli.system;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
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
    private static final long OUTPUT_TIMEOUT_MS = 1_000;
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
        CompletableFuture<String> output = collect(process.getInputStream());
        Runnable kill = process::destroy;
        stop.onRequest(kill);
        try {
            long stoppedNs = 0;
            while (!process.waitFor(POLL_MS, TimeUnit.MILLISECONDS)) {
                stoppedNs += stop.isRequested() ? TimeUnit.MILLISECONDS.toNanos(POLL_MS) : 0;
                if (stoppedNs > KILL_PATIENCE.toNanos()) {
                    throw new CliException(this + " hangs");
                }
            }
            return new Result(process.exitValue(), text(output));
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
        CompletableFuture<String> output = collect(process.getInputStream());
        long seen = progress.getAsLong();
        long sinceNs = System.nanoTime();
        while (!process.waitFor(POLL_MS, TimeUnit.MILLISECONDS)) {
            long now = progress.getAsLong();
            if (now != seen) {
                seen = now;
                sinceNs = System.nanoTime();
                stop.alive();
            } else if (System.nanoTime() - sinceNs > patience.toNanos()) {
                process.destroy();
                return Optional.empty();
            }
        }
        return Optional.of(new Result(process.exitValue(), text(output)));
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

    /** On a thread of its own: a grandchild may keep the pipe open after the program has ended. */
    private static CompletableFuture<String> collect(InputStream stream) {
        CompletableFuture<String> output = new CompletableFuture<>();
        Thread reader = new Thread(
                () -> {
                    try (stream) {
                        output.complete(new String(stream.readAllBytes(), StandardCharsets.UTF_8));
                    } catch (IOException e) {
                        output.complete("");
                    }
                },
                "command-output");
        reader.setDaemon(true);
        reader.start();
        return output;
    }

    private static String text(CompletableFuture<String> output) throws InterruptedException {
        try {
            return output.get(OUTPUT_TIMEOUT_MS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            return "";
        }
    }

    /** The command line. */
    @Override
    public String toString() {
        return String.join(" ", words);
    }
}
