package org.dmuser.cli.base;

import java.io.PrintStream;

/** Stack traces for those who asked for them. */
final class StackTraces {
    private StackTraces() {}

    static void print(Throwable problem, PrintStream out) {
        for (Throwable at = problem; at != null; at = at.getCause()) {
            out.println((at == problem ? "" : "caused by ") + at);
            for (StackTraceElement frame : at.getStackTrace()) {
                out.println("    at " + frame);
            }
        }
    }
}
