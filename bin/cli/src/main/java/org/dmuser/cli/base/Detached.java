package org.dmuser.cli.base;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A process that goes on when its parent has ended. The parent waits until the child says, on its standard output, that
 * it is ready or why it cannot be; the rest of what it says goes to a log.
 *
 * <pre>
 *   parent: start()  --- setsid, the same program with {@value #OPTION} --&gt;  child
 *           one line  &lt;--- "ready TEXT" or "failed TEXT" --------------------  ready(), launch()
 * </pre>
 */
public final class Detached {
    /** The hidden option that tells a child to report. */
    public static final String OPTION = "--report-ready";

    private static final String READY = "ready ";
    private static final String FAILED = "failed ";
    private static final int LOG_LINES_SHOWN = 3;

    private Detached() {}

    /** What may fail before it is ready. */
    @FunctionalInterface
    public interface Launch<T> {
        T run() throws IOException;
    }

    /**
     * Starts one and waits until it is ready.
     *
     * @param arguments of this program; {@link #OPTION} is added
     * @return what the child says it is
     * @throws CliException with what the child says is wrong
     */
    public static String start(List<String> arguments, Path log, StopSignal stop) throws IOException {
        boolean newLog = Files.notExists(log);
        try {
            return ready(launch(arguments, log, stop), log);
        } catch (CliException e) {
            if (newLog) {
                Files.deleteIfExists(log);
            }
            throw e;
        }
    }

    /** Answers the first line of the child; null if there was none. */
    private static String launch(List<String> arguments, Path log, StopSignal stop) throws IOException {
        List<String> command = new ArrayList<>(List.of("setsid"));
        command.addAll(SelfCommand.of(arguments));
        command.add(OPTION);
        Process child = new ProcessBuilder(command)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        stop.onRequest(child::destroy);
        try (BufferedReader report = child.inputReader(StandardCharsets.UTF_8)) {
            return report.readLine();
        }
    }

    private static String ready(String line, Path log) throws IOException {
        if (line == null) {
            throw new CliException("the process in the background ended before it was ready" + lastOf(log));
        }
        if (!line.startsWith(READY)) {
            throw new CliException(line.startsWith(FAILED) ? line.substring(FAILED.length()) : line);
        }
        return line.substring(READY.length());
    }

    private static String lastOf(Path log) throws IOException {
        List<String> lines = Files.readAllLines(log, StandardCharsets.UTF_8);
        if (lines.isEmpty()) {
            return "";
        }
        return "; its log " + log + " ends with: "
                + String.join(" | ", lines.subList(Math.max(0, lines.size() - LOG_LINES_SHOWN), lines.size()));
    }

    /**
     * Launches what is to go on.
     *
     * @param isChild whether a parent waits, who is told why nothing comes of it
     */
    public static <T> T launch(boolean isChild, Launch<T> launch) throws IOException {
        try {
            return launch.run();
        } catch (IOException | RuntimeException e) {
            if (isChild) {
                report(FAILED + e.getMessage());
            }
            throw e;
        }
    }

    /**
     * Says that all is well.
     *
     * @param isChild whether to tell the parent, who waits, or the user
     * @param howToEnd for the user
     */
    public static void ready(boolean isChild, String text, String howToEnd) {
        if (isChild) {
            report(READY + text);
        } else {
            Console.println(text + "; " + howToEnd);
        }
    }

    /** Closing standard output leaves /dev/null in its place. */
    private static void report(String line) {
        System.out.println(line);
        System.out.close();
    }
}
