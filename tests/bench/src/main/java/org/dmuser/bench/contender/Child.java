package org.dmuser.bench.contender;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.dmuser.cli.base.CliException;
import org.dmuser.cli.base.StopSignal;

/** A process of a contender. What it writes goes to a file, so that it never waits for a reader. */
public final class Child {
    /** Looks at the state of a process, or of what it makes. */
    @FunctionalInterface
    public interface Condition {
        boolean holds() throws IOException;
    }

    private static final Duration START = Duration.ofSeconds(60);
    private static final Duration END = Duration.ofSeconds(15);
    private static final long POLL_MS = 20;
    private static final int LINES_SHOWN = 3;

    private final List<String> words;
    private final Path log;
    private final Process process;
    private final StopSignal stop;

    private Child(List<String> words, Path log, Process process, StopSignal stop) {
        this.words = words;
        this.log = log;
        this.process = process;
        this.stop = stop;
    }

    /**
     * Starts it.
     *
     * @param log for what it writes
     * @throws CliException if it cannot be; a program that does not exist is noticed by {@link #await}
     */
    static Child start(List<String> words, Path log, StopSignal stop) {
        // In a session of its own, so that Ctrl-C is for the benchmark alone, which ends its children in order. As the
        // JVM starts it, setsid becomes the program and stays the same process.
        List<String> command =
                Stream.concat(Stream.of("setsid"), words.stream()).toList();
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        // What is measured is what is built, whatever anybody edits meanwhile.
        builder.environment().put("DMUSER_BUILD", "never");
        try {
            return new Child(words, log, builder.start(), stop);
        } catch (IOException e) {
            throw new CliException("setsid cannot be run; is util-linux installed?", e);
        }
    }

    /**
     * Waits until it is ready.
     *
     * @throws CliException if it ends instead, if it takes too long, or if the user has asked for the end
     */
    public Child await(Condition ready) throws IOException, InterruptedException {
        long deadlineNs = System.nanoTime() + START.toNanos();
        while (!ready.holds()) {
            if (stop.isRequested()) {
                throw new CliException("stopped");
            }
            if (process.waitFor(POLL_MS, TimeUnit.MILLISECONDS)) {
                throw new CliException(this + " has ended with status " + process.exitValue() + ": " + lastWords());
            }
            if (System.nanoTime() > deadlineNs) {
                throw new CliException(this + " is not ready after " + START.toSeconds() + " s: " + lastWords());
            }
        }
        return this;
    }

    /** Waits until it has written {@code text}. */
    public Child awaitText(String text) throws IOException, InterruptedException {
        return await(() -> output().contains(text));
    }

    /** Ends it, politely at first. */
    public void end() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(END.toMillis(), TimeUnit.MILLISECONDS)) {
            process.destroyForcibly();
            if (!process.waitFor(END.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new CliException(this + ", process " + process.pid() + ", does not end, not even when killed");
            }
        }
    }

    /** Whether it has not ended. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /** Of the process. */
    public long pid() {
        return process.pid();
    }

    /** In ns; 0 if it has ended. */
    long processorNs() {
        try {
            return ProcessorTime.ofProcess(process.pid());
        } catch (IOException e) {
            return 0;
        }
    }

    /** The end of what it wrote, in one line. */
    public String lastWords() {
        try {
            List<String> lines =
                    output().lines().filter(line -> !line.isBlank()).toList();
            String last = String.join("; ", lines.subList(Math.max(0, lines.size() - LINES_SHOWN), lines.size()));
            return last.isEmpty() ? "(it has written nothing)" : last;
        } catch (IOException e) {
            return "(what it has written cannot be read: " + e.getMessage() + ")";
        }
    }

    private String output() throws IOException {
        // What is half written may end inside a character.
        return new String(Files.readAllBytes(log), StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return "'" + String.join(" ", words) + "'";
    }
}
