package org.dmuser.examples.backup.tracking;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/**
 * The note of what the origin was like when the daemon last looked.
 *
 * <pre>
 *   0        8          16               24              28
 *   +--------+----------+----------------+---------------+
 *   | size   | number   | mtime, seconds | mtime, nanos  |
 *   +--------+----------+----------------+---------------+
 * </pre>
 */
final class OriginNote {
    private static final int LENGTH = 28;

    private OriginNote() {}

    /** As a whole or not at all. Lasts through a loss of power once the notes are forced. */
    static void write(TrackingMemory memory, Origin origin) {
        new SlotPair(memory.bytes(), TrackingLayout.NOTE).write(encode(origin));
    }

    private static ByteBuffer encode(Origin origin) {
        return ByteBuffer.allocate(LENGTH)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(origin.size())
                .putLong(origin.number())
                .putLong(origin.mtimeSeconds())
                .putInt(origin.mtimeNanos())
                .flip();
    }

    static Optional<Origin> read(ByteBuffer bytes) {
        return new SlotPair(bytes, TrackingLayout.NOTE).read().map(OriginNote::decode);
    }

    private static Origin decode(ByteBuffer record) {
        return new Origin(record.getLong(0), record.getLong(8), record.getLong(16), record.getInt(24));
    }
}
