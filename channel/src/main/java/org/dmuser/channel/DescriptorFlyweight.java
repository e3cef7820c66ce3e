package org.dmuser.channel;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * What a ring carries for each message: dm-user's header, and where the payload is. With the ring's own 8 bytes in
 * front it fills a cache line.
 *
 * <pre>
 *    0                                       40       44       48       56
 *   +---------------------------------------+--------+--------+--------+
 *   | message header (MessageFlyweight)     | slot   | errno  | unused |
 *   +---------------------------------------+--------+--------+--------+
 *                                                      errno: of an answer that is not SUCCESS; 0 means EIO
 * </pre>
 */
final class DescriptorFlyweight {
    private static final int SLOT_OFFSET = MessageFlyweight.HEADER_LENGTH;
    private static final int ERRNO_OFFSET = SLOT_OFFSET + Integer.BYTES;

    /** Bytes of a descriptor. */
    static final int LENGTH = 56;

    /** The ring's own type of every record; what a message asks for is in its header. */
    static final int RECORD_TYPE = 1;

    private DescriptorFlyweight() {}

    static void putRequest(MutableDirectBuffer buffer, int offset, Message message, int slot) {
        MessageFlyweight.putRequest(buffer, offset, message);
        buffer.putInt(offset + SLOT_OFFSET, slot);
        buffer.putInt(offset + ERRNO_OFFSET, 0);
    }

    static void putResponse(MutableDirectBuffer buffer, int offset, long seq, int slot, long response, int errno) {
        MessageFlyweight.putResponse(buffer, offset, seq, response);
        buffer.putInt(offset + SLOT_OFFSET, slot);
        buffer.putInt(offset + ERRNO_OFFSET, errno);
    }

    static int slot(DirectBuffer buffer, int offset) {
        return buffer.getInt(offset + SLOT_OFFSET);
    }

    static int errno(DirectBuffer buffer, int offset) {
        return buffer.getInt(offset + ERRNO_OFFSET);
    }
}
