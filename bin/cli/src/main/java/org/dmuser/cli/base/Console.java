package org.dmuser.cli.base;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.dmuser.sdk.config.ConfigException;
import org.dmuser.shim.service.Problems;

/** What the user reads. Any thread. */
public final class Console {
    /** Standard output, as a file descriptor. */
    public static final int OUT = 1;

    /** Standard error, as a file descriptor. */
    public static final int ERR = 2;

    private static final String DEBUG_VARIABLE = "DMUSER_DEBUG";

    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

    private Console() {}

    /** Prints text that has its own line ends. */
    public static void print(String text) {
        System.out.print(text);
        System.out.flush();
    }

    public static void println(String line) {
        System.out.println(line);
    }

    /** Whether somebody looks at what goes there. System.console() would want standard input to be a terminal, too. */
    public static boolean isTerminal(int descriptor) {
        try {
            String device = Files.readSymbolicLink(DESCRIPTORS.resolve(String.valueOf(descriptor)))
                    .toString();
            return device.startsWith("/dev/pts/") || device.startsWith("/dev/tty") || device.equals("/dev/console");
        } catch (IOException e) {
            return false;
        }
    }

    /** Prints an error, or whatever else should not be taken for a result. */
    public static void error(String line) {
        System.err.println("dmuser: " + line);
    }

    /** Prints an error in one line, with its stack trace if the user wants to see that; answers the exit status. */
    public static int error(Throwable problem) {
        error(oneLine(problem));
        if (isDebugging()) {
            StackTraces.print(problem, System.err);
        }
        return problem instanceof CliException e ? e.status() : CliException.FAILED;
    }

    private static String oneLine(Throwable problem) {
        boolean defect = (problem instanceof RuntimeException || problem instanceof Error)
                && !(problem instanceof CliException)
                && !(problem instanceof ConfigException);
        if (!defect) {
            return Problems.describe(problem);
        }
        return "internal error: " + problem.getClass().getSimpleName() + ": " + Problems.describe(problem)
                + (isDebugging() ? "" : " (" + DEBUG_VARIABLE + "=1 shows where)");
    }

    private static boolean isDebugging() {
        return !System.getenv().getOrDefault(DEBUG_VARIABLE, "").isEmpty();
    }
}
