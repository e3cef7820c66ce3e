package org.dmuser.cli.dmsetup;

import java.util.List;

/** A command that has come to its end without success: what is left to say, if anything. */
final class CommandFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<String> lines;
    private final boolean usage;
    private final boolean finished;

    private CommandFailed(List<String> lines, boolean usage, boolean finished) {
        super(String.join("; ", lines));
        this.lines = lines;
        this.usage = usage;
        this.finished = finished;
    }

    /** All has been said. */
    static CommandFailed silently() {
        return new CommandFailed(List.of(), false, false);
    }

    /** All has been said, even that it has failed. */
    static CommandFailed finished() {
        return new CommandFailed(List.of(), true, true);
    }

    /** What could not be done. */
    static CommandFailed with(String... lines) {
        return new CommandFailed(List.of(lines), false, false);
    }

    /** What was not written right. */
    static CommandFailed usage(String... lines) {
        return new CommandFailed(List.of(lines), true, false);
    }

    List<String> lines() {
        return lines;
    }

    /** Whether not even that it has failed is left to say. */
    boolean isFinished() {
        return finished;
    }

    boolean isUsage() {
        return usage;
    }
}
