package org.dmuser.shim.os;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.agrona.BufferUtil;

/**
 * Waits for what there is to be had from a descriptor, but not for ever. For one thread.
 *
 * <pre>
 *   struct pollfd:  0 | fd (4) | 4 | events (2) | 6 | revents (2)
 * </pre>
 */
public final class PollFd {
    /** There is something to be read. */
    public static final int IN = 1;

    /** Nothing will come any more. */
    public static final int ERROR = 8;

    private static final int EVENTS_OFFSET = 4;
    private static final int RETURNED_EVENTS_OFFSET = 6;
    private static final int LENGTH = 8;

    private final ByteBuffer pollFd = ByteBuffer.allocateDirect(LENGTH).order(ByteOrder.nativeOrder());
    private final long address = BufferUtil.address(pollFd);

    /** For a descriptor that stays open. */
    public PollFd(int fd) {
        pollFd.putInt(0, fd).putShort(EVENTS_OFFSET, (short) IN);
    }

    /** Of {@link #IN} and {@link #ERROR}, what is the case; 0 if the time is up, or a signal came. */
    public int await(int timeoutMs) {
        return LibC.instance().poll(address, 1, timeoutMs) > 0 ? pollFd.getShort(RETURNED_EVENTS_OFFSET) : 0;
    }
}
