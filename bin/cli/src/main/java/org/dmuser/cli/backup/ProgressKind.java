package org.dmuser.cli.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** How progress is shown. */
enum ProgressKind {
    /** A bar if standard error is a terminal, nothing otherwise. */
    AUTO,
    /** A line that is written anew. */
    BAR,
    /** A JSON object a second, each on a line of its own. */
    JSON,
    NONE;

    private static final Path STANDARD_ERROR = Path.of("/proc/self/fd/2");

    /** What it comes to, here. */
    ProgressKind resolved() {
        if (this != AUTO) {
            return this;
        }
        return isTerminal() ? BAR : NONE;
    }

    /** System.console() would want standard input and output to be one as well. */
    private static boolean isTerminal() {
        try {
            String device = Files.readSymbolicLink(STANDARD_ERROR).toString();
            return device.startsWith("/dev/pts/") || device.startsWith("/dev/tty") || device.equals("/dev/console");
        } catch (IOException e) {
            return false;
        }
    }
}
