package org.dmuser.sdk;

import java.io.IOException;

/**
 * A block device that answers later: for a handler whose work is done elsewhere, by a network, a thread pool, an
 * asynchronous file.
 *
 * <p>{@link #submit} starts a request and returns; the request is ended with {@link Request#complete} or
 * {@link Request#fail}, by any thread, before or after {@code submit} has returned. Units, buffers and errors are
 * those of {@link BlockHandler}, except that the buffer belongs to the handler until the request has ended.
 *
 * <p>There are no flags to look after: for a write that must be durable, or must come behind a flush, the dispatcher
 * sends the handler a FLUSH of its own before or after it.
 *
 * <p><b>Threads.</b> With {@link ThreadModel#SERIAL} calls of {@code submit} do not overlap, and what a call of it ends
 * is answered when the call has returned. Ending a request may call {@code submit} again, on the same thread, so do it
 * without holding a lock that {@code submit} takes.
 *
 * <p><b>Life.</b> As in {@link Handler}; requests not ended some time after the last {@code submit} are given up and
 * counted in the log before {@link #close}.
 */
public non-sealed interface AsyncBlockHandler extends Handler {
    /**
     * Starts {@code request}.
     *
     * @throws IOException to fail it at once, as {@link Request#fail(Throwable)} would
     */
    void submit(Request request) throws IOException;
}
