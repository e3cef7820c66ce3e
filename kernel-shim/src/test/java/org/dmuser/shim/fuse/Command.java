package org.dmuser.shim.fuse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A process of its own, such as the users of a mounted file are. */
final class Command implements AutoCloseable {
    private static final long TIMEOUT_S = 120;

    private final List<String> words;
    private final Process process;

    /** How it ended. */
    record Result(int exitCode, String output) {}

    private Command(List<String> words) throws IOException {
        this.words = words;
        ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
        builder.environment().put("LC_ALL", "C");
        process = builder.start();
    }

    static Command start(Object... words) throws IOException {
        List<String> strings = new ArrayList<>();
        for (Object word : words) {
            strings.add(word.toString());
        }
        return new Command(strings);
    }

    /** Starts another JVM with the class path of this one. */
    static Command startJava(Class<?> main, Object... arguments) throws IOException {
        List<Object> words = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java"),
                "--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED",
                "-Xmx64m",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        words.addAll(List.of(arguments));
        return start(words.toArray());
    }

    /** Runs it to its end; what it says, without the last line feed. It must succeed. */
    static String run(Object... words) throws Exception {
        try (Command command = start(words)) {
            return command.succeed();
        }
    }

    /** Waits for its success. */
    String succeed() throws Exception {
        Result result = result();
        assertEquals(0, result.exitCode(), () -> words + ": " + result.output());
        return result.output();
    }

    /** Waits for its end. */
    Result result() throws Exception {
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(process.waitFor(TIMEOUT_S, TimeUnit.SECONDS), () -> words + " does not end");
        return new Result(process.exitValue(), output.stripTrailing());
    }

    /** Waits for the first line it says. */
    String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = process.getInputStream().read();
                c >= 0 && c != '\n';
                c = process.getInputStream().read()) {
            line.append((char) c);
        }
        return line.toString();
    }

    boolean isRunning() {
        return process.isAlive();
    }

    /** Kills it, without asking. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        assertTrue(process.waitFor(TIMEOUT_S, TimeUnit.SECONDS), () -> words + " cannot be killed");
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
