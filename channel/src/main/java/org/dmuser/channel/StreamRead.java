package org.dmuser.channel;

import java.nio.ByteBuffer;

/**
 * One {@code read()} of a daemon on a {@link StreamChannel}: it gets bytes when there are some, which may be at once.
 * Made once and used again.
 *
 * <p>Belongs to whoever begins it, until its listener is called, and then again.
 */
public final class StreamRead {
    /** Told what a read has come to: once for each, by any thread, under no lock. Must not throw. */
    public interface Listener {
        /** These bytes are what it gets, now and not later; the memory is the channel's. None: it gets nothing. */
        void onData(ByteBuffer memory, int index, int length);

        /** It fails. */
        void onError(Errno status);
    }

    private static final ByteBuffer NOTHING = ByteBuffer.allocateDirect(0);

    private final Listener listener;
    private long id;
    private int size;
    private boolean goesOn;

    /** What it is to get; null for nothing, or an error. */
    private StreamMessage message;

    private int from;
    private int count;
    private Errno status;

    /** One that is to be completed with it, behind it. */
    private StreamRead next;

    public StreamRead(Listener listener) {
        this.listener = listener;
    }

    /**
     * Says what is wanted.
     *
     * @param id what {@link StreamChannel#interrupt} knows it by
     * @param size bytes there is room for
     * @param goesOn whether it is the rest of one whose beginning has been filled: it never waits
     */
    public StreamRead prepare(long id, int size, boolean goesOn) {
        this.id = id;
        this.size = size;
        this.goesOn = goesOn;
        message = null;
        status = Errno.OK;
        next = null;
        return this;
    }

    long id() {
        return id;
    }

    int size() {
        return size;
    }

    boolean goesOn() {
        return goesOn;
    }

    StreamRead next() {
        return next;
    }

    void next(StreamRead other) {
        next = other;
    }

    /** It is to get {@code count} bytes of the message. */
    void give(StreamMessage given, int offset, int length) {
        message = given;
        from = offset;
        count = length;
    }

    /** It is to get nothing, or the error. */
    void refuse(Errno error) {
        status = error;
    }

    /** Tells the listener what it gets. Under no lock. */
    void complete() {
        StreamMessage given = message;
        message = null;
        if (given != null) {
            given.send(from, count, listener);
        } else if (status == Errno.OK) {
            listener.onData(NOTHING, 0, 0);
        } else {
            listener.onError(status);
        }
    }
}
