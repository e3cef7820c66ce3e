package org.dmuser.examples.backup.tracking;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.Optional;

/**
 * The note of what the origin was like when the daemon last looked.
 *
 * <pre>
 *   0        8          16                 24             28       32                 40
 *   +--------+----------+------------------+--------------+--------+------------------+
 *   | size   | number   | mtime, seconds   | mtime, nanos | 0      | 0                |  a file
 *   | size   | number   | sectors written  | 0            | 1      | sequence of disk |  a block device
 *   +--------+----------+------------------+--------------+--------+------------------+
 * </pre>
 */
final class OriginNote {
    private static final int LENGTH = 40;
    private static final int BLOCK_DEVICE = 1;

    private OriginNote() {}

    /** As a whole or not at all. Lasts through a loss of power once the notes are forced. */
    static void write(TrackingMemory memory, Origin origin) {
        new SlotPair(memory.bytes(), TrackingLayout.NOTE).write(encode(origin));
    }

    private static ByteBuffer encode(Origin origin) {
        ByteBuffer record = ByteBuffer.allocate(LENGTH)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(0, origin.size())
                .putLong(8, origin.number());
        if (origin.lastWrite() instanceof SectorCount count) {
            return record.putLong(16, count.sectors()).putInt(28, BLOCK_DEVICE).putLong(32, count.disk());
        }
        Instant time = ((ChangeTime) origin.lastWrite()).at();
        return record.putLong(16, time.getEpochSecond()).putInt(24, time.getNano());
    }

    static Optional<Origin> read(ByteBuffer bytes) {
        return new SlotPair(bytes, TrackingLayout.NOTE).read().map(OriginNote::decode);
    }

    private static Origin decode(ByteBuffer record) {
        LastWrite lastWrite = record.getInt(28) == BLOCK_DEVICE
                ? new SectorCount(record.getLong(16), record.getLong(32))
                : new ChangeTime(Instant.ofEpochSecond(record.getLong(16), record.getInt(24)));
        return new Origin(record.getLong(0), record.getLong(8), lastWrite);
    }
}
