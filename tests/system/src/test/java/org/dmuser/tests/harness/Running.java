package org.dmuser.tests.harness;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A process under way. Its output goes to files, so nothing stalls and all of it is there however the process ends. */
public class Running {
    private final List<String> command;
    private final Process process;
    private final Path out;
    private final Path err;

    Running(List<String> command, Process process, Path out, Path err) {
        this.command = command;
        this.process = process;
        this.out = out;
        this.err = err;
    }

    public final long pid() {
        return process.pid();
    }

    public final boolean isAlive() {
        return process.isAlive();
    }

    public final String out() {
        return text(out);
    }

    public final String err() {
        return text(err);
    }

    private static String text(Path file) {
        try {
            // What was killed in the middle of a character must still be readable.
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "(" + e + ")";
        }
    }

    /** Writes a line to its standard input. */
    public final void say(String line) throws IOException {
        OutputStream in = process.getOutputStream();
        in.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        in.flush();
    }

    /** Waits for a match in what it prints, on either stream. A process that has ended without is a failure. */
    public final Matcher awaitOutput(String regex, Duration limit) throws Exception {
        Pattern pattern = Pattern.compile(regex, Pattern.MULTILINE);
        Wait.until(() -> "'" + regex + "' printed by " + this, limit, () -> {
            boolean alive = isAlive();
            if (match(pattern).isPresent()) {
                return true;
            }
            if (!alive) {
                throw new AssertionError("ended without printing '" + regex + "': " + this);
            }
            return false;
        });
        return match(pattern).orElseThrow();
    }

    private Optional<Matcher> match(Pattern pattern) {
        Matcher inOut = pattern.matcher(out());
        if (inOut.find()) {
            return Optional.of(inOut);
        }
        Matcher inErr = pattern.matcher(err());
        return inErr.find() ? Optional.of(inErr) : Optional.empty();
    }

    /** Waits until it ends by itself. */
    public final Outcome await(Duration limit) throws InterruptedException {
        if (!process.waitFor(limit.toNanos(), TimeUnit.NANOSECONDS)) {
            throw new AssertionError("does not end within " + limit.toMillis() + " ms: " + this);
        }
        return new Outcome(command, process.exitValue(), out(), err());
    }

    /** Sends a signal; one that has ended gets none. */
    public final void signal(String name) throws IOException, InterruptedException {
        if (isAlive()) {
            // Only this can send INT.
            Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(pid()))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            kill.waitFor();
        }
    }

    /**
     * {@code kill -STOP}, and waits until none of its threads does anything any more. They do for a while: one that
     * reads from us stops when we have answered that, and the others when that one has.
     */
    public final void stop() throws Exception {
        signal("STOP");
        Wait.until(() -> "all threads stopped of " + this, Sandbox.SHORT, () -> {
            try (Stream<Path> threads = Files.list(Path.of("/proc", Long.toString(pid()), "task"))) {
                return threads.allMatch(Running::isStill);
            }
        });
    }

    /**
     * Whether a thread is stopped, or gone. Its state is as {@code proc_pid_stat(5)} has it: behind the name, which may
     * have anything in it but ends at the last ")".
     */
    private static boolean isStill(Path thread) {
        try {
            String stat = new String(Files.readAllBytes(thread.resolve("stat")), StandardCharsets.UTF_8);
            return stat.startsWith("T", stat.lastIndexOf(") ") + 2);
        } catch (IOException e) {
            // It may have ended since it was listed.
            return !Files.exists(thread);
        }
    }

    /** {@code kill -9}, and waits for the end. */
    public final void kill() throws InterruptedException {
        process.destroyForcibly();
        await(Sandbox.SHORT);
    }

    final void forget() {
        process.destroyForcibly();
    }

    @Override
    public String toString() {
        return "[" + String.join(" ", command) + "], process " + pid()
                + (isAlive() ? "" : ", ended with status " + process.exitValue()) + "\n  out: " + out() + "\n  err: "
                + err();
    }
}
