package org.dmuser.cli.base;

import org.dmuser.sdk.config.ConfigException;
import org.dmuser.shim.service.Problems;

/** What the user reads. Any thread. */
public final class Console {
    private static final String DEBUG_VARIABLE = "DMUSER_DEBUG";

    private Console() {}

    /** Prints text that has its own line ends. */
    public static void print(String text) {
        System.out.print(text);
        System.out.flush();
    }

    public static void println(String line) {
        System.out.println(line);
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
