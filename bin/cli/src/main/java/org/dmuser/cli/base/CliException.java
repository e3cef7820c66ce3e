package org.dmuser.cli.base;

/** What a command cannot do: one line for the user that says what, names the value, and says what to do. */
public final class CliException extends RuntimeException {
    /** The exit status of a command that failed. */
    public static final int FAILED = 1;

    /** The exit status of a command that was not written right. */
    public static final int USAGE = 2;

    private static final long serialVersionUID = 1L;

    private final int status;

    private CliException(int status, String message, Throwable cause) {
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
