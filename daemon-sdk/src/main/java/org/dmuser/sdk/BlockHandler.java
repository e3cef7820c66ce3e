package org.dmuser.sdk;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.dmuser.channel.Errno;

/**
 * A block device: three methods to write, the others have a default. A call returns when the request is done, and
 * that is the answer.
 *
 * <p><b>Units.</b> {@code offset} and {@code length} are bytes from the start of the device, multiples of 512, within
 * its size; that has been checked before the call. {@code length} is at least 512.
 *
 * <p><b>Buffers.</b> A buffer goes from position 0 to its limit, and has to be used up: its position must be at its
 * limit when the call returns, or the request fails with EIO. It may be direct, or not; it is in big-endian byte
 * order, as new buffers are. It belongs to the handler until the call returns and to somebody else afterwards: keep
 * no reference to it, nor to a slice of it. A buffer to write from must not be changed.
 *
 * <p><b>Threads.</b> One call at a time unless {@link #threadModel} says otherwise, but not always from the same
 * thread. Requests arrive in the order they were made; nothing orders those that are under way at the same time. Do
 * not interrupt the calling thread, nor leave it interrupted: the JDK closes files used by an interrupted thread.
 *
 * <p><b>Errors.</b> Whatever is thrown fails this one request and nothing else, and exactly one answer is sent in any
 * case:
 *
 * <table>
 *   <caption>What is thrown, and what the one who made the request sees</caption>
 *   <tr><th>thrown</th><th>seen</th></tr>
 *   <tr><td>{@link BlockException}</td><td>its error number</td></tr>
 *   <tr><td>any other {@link IOException}</td><td>EIO</td></tr>
 *   <tr><td>{@link UnsupportedOperationException}</td><td>EOPNOTSUPP</td></tr>
 *   <tr><td>any other exception, any {@link Error}</td><td>EIO</td></tr>
 * </table>
 *
 * <p>{@link Handler} has the picture of its life. A complete handler in 20 lines is in
 * {@code docs/writing-a-handler.md}.
 */
public non-sealed interface BlockHandler extends Handler {
    /**
     * Fills {@code dst} with what is on the device from {@code offset}: zeros where it was discarded or zeroed since it
     * was last written; what was never written may be anything, but zeros are best.
     */
    void read(long offset, ByteBuffer dst) throws IOException;

    /**
     * Answers a read without copying, for a handler that has the bytes in memory: it hands {@code answer} the memory
     * they are in, in one piece, while they can neither change nor go away (under its lock, say). Asked before {@link
     * #read}, which is enough for any handler.
     *
     * @param length bytes
     * @return whether it has answered; if not, {@link #read} is called
     */
    default boolean lend(long offset, int length, ReadAnswer answer) throws IOException {
        return false;
    }

    /**
     * Puts all of {@code src} on the device from {@code offset}. After it returns every read sees it; only a
     * {@link #flush} makes it last.
     */
    void write(long offset, ByteBuffer src) throws IOException;

    /**
     * Makes every write, zeroing and discard that had returned before this was called last through a loss of power.
     * There is no default, since doing nothing loses data: a handler that keeps nothing leaves it empty on purpose.
     */
    void flush() throws IOException;

    /** A {@link #write} that lasts when it returns. Earlier writes need not. */
    default void writeFua(long offset, ByteBuffer src) throws IOException {
        write(offset, src);
        flush();
    }

    /**
     * Gives a range up: its space may be freed, and it reads as zeros from now on. Zeros are not a nicety. A hole that
     * is punched into the device's file arrives here, and a loop device punches holes where the file system on it asks
     * for zeros. A handler that cannot promise them leaves discard alone.
     *
     * @throws IOException by default a {@link BlockException} of EOPNOTSUPP, on which a file system stops asking
     */
    default void discard(long offset, long length) throws IOException {
        throw new BlockException(Errno.EOPNOTSUPP, "discard is not supported");
    }

    /**
     * Makes a range read as zeros; its space may be freed. By default writes zeros, in pieces and without allocating
     * memory. Not called where the space must stay allocated (the NOUNMAP flag): then zeros are written.
     */
    default void writeZeroes(long offset, long length) throws IOException {
        Zeroes.write(this, offset, length);
    }
}
