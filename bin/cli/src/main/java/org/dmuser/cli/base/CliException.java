package org.dmuser.cli.base;

/** What a command cannot do: one line for the user that says what, names the value, and says what to do. */
public final class CliException extends RuntimeException {
    /** The exit status of a command that failed. */
    public static final int FAILED = 1;

    /** The exit status of a command that was not written right. */
    public static final int USAGE = 2;

    /** The exit status of a command that found damaged data. */
    public static final int DAMAGED = 3;

    /** The exit status of a command that somebody else keeps from what it needs. */
    public static final int LOCKED = 4;

    /** The exit status of a command broken off by Ctrl-C or SIGTERM. */
    public static final int INTERRUPTED = 130;

    private static final long serialVersionUID = 1L;

    private final int status;

    /**
     * An error with a status of its own.
     *
     * @param status one of the constants here
     */
    public CliException(int status, String message, Throwable cause) {
        super(message, cause);
        this.status = status;
    }

    public CliException(String message) {
        this(FAILED, message, null);
    }

    public CliException(String message, Throwable cause) {
        this(FAILED, message, cause);
    }

    /** An error in what the user wrote. */
    public static CliException usage(String message) {
        return new CliException(USAGE, message, null);
    }

    public int status() {
        return status;
    }
}
