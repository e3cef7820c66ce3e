package org.dmuser.sdk;

import java.nio.ByteBuffer;
import org.dmuser.channel.Errno;

/**
 * A request of an {@link AsyncBlockHandler}, ended exactly once, by any thread, with {@link #complete} or one of the
 * {@code fail} methods. Ending it again is an error of the caller, who is told so, and touches nothing else, however
 * late it comes.
 */
public interface Request {
    Operation operation();

    /** Bytes from the start of the device; 0 for a FLUSH. */
    long offset();

    /** Bytes; 0 for a FLUSH. */
    long length();

    /**
     * For a READ the buffer to fill, for a WRITE the data, from position 0 to its limit. Not to be touched once the
     * request has ended.
     *
     * @throws IllegalStateException if the operation has none, or the request has ended
     */
    ByteBuffer buffer();

    /** Whether a WRITE_ZEROES may free the space, rather than fill it with zeros. */
    boolean mayUnmap();

    /**
     * It is done: the buffer of a READ is full, that of a WRITE empty, its position at its limit; if not, it fails
     * with EIO.
     *
     * @throws IllegalStateException if it had ended before
     */
    void complete();

    /**
     * It failed, or is not supported ({@link Errno#EOPNOTSUPP}).
     *
     * @throws IllegalStateException if it had ended before
     */
    void fail(Errno errno);

    /**
     * It failed, with the error number that {@code cause} would have stood for when thrown.
     *
     * @throws IllegalStateException if it had ended before
     */
    void fail(Throwable cause);
}
