package org.dmuser.shim.fuse.kernel;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.agrona.BufferUtil;
import org.dmuser.shim.os.LibC;

/**
 * A sleep until there is something to be read from a descriptor, but not for ever. For one thread.
 *
 * <pre>
 *   struct pollfd:  0 | fd (4) | 4 | events (2) | 6 | revents (2)
 * </pre>
 */
final class Doze {
    private static final int EVENTS_OFFSET = 4;
    private static final int LENGTH = 8;
    private static final short POLLIN = 1;

    private final ByteBuffer pollFd = ByteBuffer.allocateDirect(LENGTH).order(ByteOrder.nativeOrder());
    private final long address = BufferUtil.address(pollFd);

    Doze(int fd) {
        pollFd.putInt(0, fd).putShort(EVENTS_OFFSET, POLLIN);
    }

    /** Whether there is something to be read, or an error to be had; if not, the time is up, or a signal came. */
    boolean await(int timeoutMs) {
        return LibC.instance().poll(address, 1, timeoutMs) > 0;
    }
}
