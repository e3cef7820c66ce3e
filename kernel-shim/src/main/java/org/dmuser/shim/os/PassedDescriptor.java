package org.dmuser.shim.os;

import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.agrona.BufferUtil;
import org.dmuser.channel.Errno;

/**
 * An open file, received through a socket.
 *
 * <pre>
 *    0         4         8                  16
 *   +---------+---------+-------------------+
 * 0 | name              | name length       |   struct msghdr of 64-bit Linux
 *   +-------------------+-------------------+
 *16 | iovec             | iovec count       |
 *   +-------------------+-------------------+
 *32 | control           | control length    |
 *   +---------+---------+-------------------+
 *48 | flags   |         |
 *   +---------+---------+
 *   +-------------------+---------+---------+
 * 0 | length            | level   | type    |   the control part: struct cmsghdr
 *   +---------+---------+---------+---------+
 *16 | fd      |         |
 *   +---------+---------+
 * </pre>
 */
final class PassedDescriptor {
    private static final int SOL_SOCKET = 1;
    private static final int SCM_RIGHTS = 1;
    private static final int MSG_CMSG_CLOEXEC = 0x40000000;

    private static final int IOVEC_OFFSET = 16;
    private static final int IOVEC_COUNT_OFFSET = 24;
    private static final int CONTROL_OFFSET = 32;
    private static final int CONTROL_LENGTH_OFFSET = 40;
    private static final int MESSAGE_LENGTH = 56;

    private static final int LEVEL_OFFSET = 8;
    private static final int TYPE_OFFSET = 12;
    private static final int FD_OFFSET = 16;
    private static final int CONTROL_LENGTH = 24;

    private PassedDescriptor() {}

    /** Waits for one; answers it, or -1 if the other end was closed instead. No child process inherits it. */
    static int receive(int socket) {
        ByteBuffer message = allocate(MESSAGE_LENGTH);
        ByteBuffer control = allocate(CONTROL_LENGTH);
        // At least one byte has to come with it.
        ByteBuffer data = allocate(1);
        ByteBuffer vector = allocate(IoVector.LENGTH);
        IoVector.put(BufferUtil.address(vector), 0, BufferUtil.address(data), data.capacity());
        message.putLong(IOVEC_OFFSET, BufferUtil.address(vector)).putLong(IOVEC_COUNT_OFFSET, 1);
        message.putLong(CONTROL_OFFSET, BufferUtil.address(control)).putLong(CONTROL_LENGTH_OFFSET, CONTROL_LENGTH);
        try {
            long received;
            do {
                received = LibC.instance().recvmsg(socket, BufferUtil.address(message), MSG_CMSG_CLOEXEC);
            } while (received < 0 && LibC.lastError() == Errno.EINTR);
            return received > 0 && holdsDescriptor(control) ? control.getInt(FD_OFFSET) : -1;
        } finally {
            // The call has addresses, which keep nothing alive.
            Reference.reachabilityFence(message);
            Reference.reachabilityFence(control);
            Reference.reachabilityFence(data);
            Reference.reachabilityFence(vector);
        }
    }

    private static boolean holdsDescriptor(ByteBuffer control) {
        return control.getLong(0) == FD_OFFSET + Integer.BYTES
                && control.getInt(LEVEL_OFFSET) == SOL_SOCKET
                && control.getInt(TYPE_OFFSET) == SCM_RIGHTS;
    }

    private static ByteBuffer allocate(int length) {
        return ByteBuffer.allocateDirect(length).order(ByteOrder.nativeOrder());
    }
}
