package org.dmuser.examples.backup.tracking;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.UUID;

/**
 * The header of a tracking file.
 *
 * <pre>
 *   0         8          12      16     20       24            32
 *   +---------+----------+-------+------+--------+-------------+
 *   | "DMUTRACK" | version | state | era  | unused | device size |
 *   +---------+----------+-------+------+--------+-------------+
 *   | tracking id (16)   | boot id (16)                        |
 *   +--------------------+-------------------------------------+
 * </pre>
 *
 * @param open whether a daemon has the file; still so after one that died
 * @param era the current one
 * @param size of the device, in bytes
 * @param trackingId a new one whenever it cannot be told what has changed
 * @param bootId the machine's, when the file was last opened
 */
record TrackingHeader(boolean open, int era, long size, UUID trackingId, UUID bootId) {
    /** "DMUTRACK". */
    private static final long MAGIC = 0x4b43415254554d44L;

    private static final int VERSION = 1;
    private static final int LENGTH = 64;

    TrackingHeader withEra(int newEra) {
        return new TrackingHeader(open, newEra, size, trackingId, bootId);
    }

    TrackingHeader closed() {
        return new TrackingHeader(false, era, size, trackingId, bootId);
    }

    private ByteBuffer encode() {
        return ByteBuffer.allocate(LENGTH)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(MAGIC)
                .putInt(VERSION)
                .putInt(open ? 1 : 0)
                .putInt(era)
                .putInt(0)
                .putLong(size)
                .putLong(trackingId.getMostSignificantBits())
                .putLong(trackingId.getLeastSignificantBits())
                .putLong(bootId.getMostSignificantBits())
                .putLong(bootId.getLeastSignificantBits())
                .flip();
    }

    /** Durably, and as a whole or not at all. */
    void writeTo(TrackingMemory memory) throws IOException {
        new SlotPair(memory.bytes(), TrackingLayout.HEADER).write(encode());
        memory.force(TrackingLayout.HEADER, 2 * SlotPair.SLOT_SIZE);
    }

    /** Whether the record is one of a tracking file, of this version or another. */
    static boolean isTracking(ByteBuffer record) {
        return record.getLong(0) == MAGIC;
    }

    static int version(ByteBuffer record) {
        return record.getInt(8);
    }

    static boolean isKnown(ByteBuffer record) {
        return isTracking(record) && version(record) == VERSION;
    }

    static TrackingHeader decode(ByteBuffer record) {
        return new TrackingHeader(
                record.getInt(12) != 0,
                record.getInt(16),
                record.getLong(24),
                new UUID(record.getLong(32), record.getLong(40)),
                new UUID(record.getLong(48), record.getLong(56)));
    }
}
