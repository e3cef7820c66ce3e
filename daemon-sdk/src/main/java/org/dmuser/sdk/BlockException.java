package org.dmuser.sdk;

import java.io.IOException;
import org.dmuser.channel.Errno;

/**
 * A request that fails with an error number of its choice, where any other {@link IOException} means
 * {@link Errno#EIO}.
 *
 * <p>{@link Errno#EOPNOTSUPP} says that the operation is not supported rather than failed, and is not reported.
 */
public final class BlockException extends IOException {
    private static final long serialVersionUID = 1L;

    private final Errno errno;

    /**
     * @param errno anything but {@link Errno#OK}
     * @param message for the daemon's log; the one who made the request sees only the number
     */
    public BlockException(Errno errno, String message) {
        this(errno, message, null);
    }

    public BlockException(Errno errno, String message, Throwable cause) {
        super(message, cause);
        if (errno == Errno.OK) {
            throw new IllegalArgumentException("a BlockException cannot mean OK: " + message);
        }
        this.errno = errno;
    }

    public Errno errno() {
        return errno;
    }
}
