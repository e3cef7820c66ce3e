package org.dmuser.cli.backup;

import org.dmuser.cli.base.Console;

/** How progress is shown. */
enum ProgressKind {
    /** A bar if standard error is a terminal, nothing otherwise. */
    AUTO,
    /** A line that is written anew. */
    BAR,
    /** A JSON object a second, each on a line of its own. */
    JSON,
    NONE;

    /** What it comes to, here. */
    ProgressKind resolved() {
        if (this != AUTO) {
            return this;
        }
        return Console.isTerminal(Console.ERR) ? BAR : NONE;
    }
}
