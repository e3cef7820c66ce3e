package org.dmuser.cli.dmsetup;

import java.util.List;

/** A command that has come to its end without success: what is left to say, if anything. */
final class CommandFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<String> lines;
    private final Kind kind;

    private CommandFailed(List<String> lines, Kind kind) {
        super(String.join("; ", lines));
        this.lines = lines;
        this.kind = kind;
    }

    private enum Kind {
        FAILURE,
        USAGE,
        UNNAMED,
        FINISHED
    }

    /** All has been said. */
    static CommandFailed silently() {
        return new CommandFailed(List.of(), Kind.FAILURE);
    }

    /** What was not written right; nothing is said behind these lines. */
    static CommandFailed finished(String... lines) {
        return new CommandFailed(List.of(lines), Kind.FINISHED);
    }

    /** What could not be done. */
    static CommandFailed with(String... lines) {
        return new CommandFailed(List.of(lines), Kind.FAILURE);
    }

    /** What was not written right. */
    static CommandFailed usage(String... lines) {
        return new CommandFailed(List.of(lines), Kind.USAGE);
    }

    /** No device was named, which dmsetup takes for something that could not be done. */
    static CommandFailed unnamed(String line) {
        return new CommandFailed(List.of(line), Kind.UNNAMED);
    }

    List<String> lines() {
        return lines;
    }

    /** Whether not even that it has failed is left to say. */
    boolean isFinished() {
        return kind == Kind.FINISHED;
    }

    boolean isUsage() {
        return kind == Kind.USAGE || kind == Kind.FINISHED;
    }

    boolean isUnnamed() {
        return kind == Kind.UNNAMED;
    }
}
