package org.dmuser.channel;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * dm-user's message header over the bytes of a buffer, in native byte order: a request and its answer look the same,
 * but for what {@code type} means.
 *
 * <pre>
 *    0                   8                  16
 *   +-------------------+-------------------+
 * 0 | seq               | type              |   type: RequestType down, ResponseType up
 *   +-------------------+-------------------+
 *16 | flags             | sector            |   sector: 512 bytes, from the start of the mapped device
 *   +-------------------+-------------------+
 *32 | len               |                       len: bytes
 *   +-------------------+
 * </pre>
 *
 * <p>Source: {@code struct dm_user_message} of {@code include/uapi/linux/dm-user.h}. Not thread-safe.
 */
public final class MessageFlyweight {
    private static final int SEQ_OFFSET = 0;
    private static final int TYPE_OFFSET = SEQ_OFFSET + Long.BYTES;
    private static final int FLAGS_OFFSET = TYPE_OFFSET + Long.BYTES;
    private static final int SECTOR_OFFSET = FLAGS_OFFSET + Long.BYTES;
    private static final int LENGTH_OFFSET = SECTOR_OFFSET + Long.BYTES;

    /** Bytes of a header. */
    public static final int HEADER_LENGTH = LENGTH_OFFSET + Long.BYTES;

    private MessageFlyweight() {}

    /** Writes a request's header. */
    public static void putRequest(MutableDirectBuffer buffer, int offset, Message message) {
        put(buffer, offset, message.seq(), message.type().wire());
        buffer.putLong(offset + FLAGS_OFFSET, message.flags());
        buffer.putLong(offset + SECTOR_OFFSET, message.sector());
        buffer.putLong(offset + LENGTH_OFFSET, message.length());
    }

    /** Writes an answer's header, of which only {@code seq} and {@code type} mean anything. */
    public static void putResponse(MutableDirectBuffer buffer, int offset, long seq, long response) {
        put(buffer, offset, seq, response);
        buffer.putLong(offset + FLAGS_OFFSET, 0);
        buffer.putLong(offset + SECTOR_OFFSET, 0);
        buffer.putLong(offset + LENGTH_OFFSET, 0);
    }

    private static void put(MutableDirectBuffer buffer, int offset, long seq, long type) {
        buffer.putLong(offset + SEQ_OFFSET, seq);
        buffer.putLong(offset + TYPE_OFFSET, type);
    }

    public static long seq(DirectBuffer buffer, int offset) {
        return buffer.getLong(offset + SEQ_OFFSET);
    }

    /** {@link RequestType#wire} or {@link ResponseType#wire}. */
    public static long type(DirectBuffer buffer, int offset) {
        return buffer.getLong(offset + TYPE_OFFSET);
    }

    /** {@link RequestFlags}. */
    public static long flags(DirectBuffer buffer, int offset) {
        return buffer.getLong(offset + FLAGS_OFFSET);
    }

    public static long sector(DirectBuffer buffer, int offset) {
        return buffer.getLong(offset + SECTOR_OFFSET);
    }

    public static long length(DirectBuffer buffer, int offset) {
        return buffer.getLong(offset + LENGTH_OFFSET);
    }
}
