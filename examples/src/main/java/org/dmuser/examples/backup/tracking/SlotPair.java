package org.dmuser.examples.backup.tracking;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * A record that is replaced as a whole or not at all, whenever the writer dies: two slots, and the newer good one
 * holds.
 *
 * <pre>
 *   0        4           8            16
 *   +--------+-----------+------------+----------------------+
 *   | crc32c | unused    | sequence   | record, then zeros   |  512 bytes, a sector
 *   +--------+-----------+------------+----------------------+
 * </pre>
 *
 * <p>Through a loss of power this holds if each record was forced before the next is written. For one thread at a time.
 */
final class SlotPair {
    static final int SLOT_SIZE = 512;
    private static final int SEQUENCE = 8;
    static final int RECORD = 16;
    static final int RECORD_MAX = SLOT_SIZE - RECORD;

    private final ByteBuffer bytes;
    private final int offset;

    /**
     * @param offset of the first slot in {@code bytes}
     */
    SlotPair(ByteBuffer bytes, int offset) {
        this.bytes = bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        this.offset = offset;
    }

    /** The record of the newest good slot, little endian. */
    Optional<ByteBuffer> read() {
        int slot = newest();
        return slot < 0
                ? Optional.empty()
                : Optional.of(slice(slot + RECORD, RECORD_MAX).order(ByteOrder.LITTLE_ENDIAN));
    }

    /** Replaces the older slot; the rest of the record is zeros. */
    void write(ByteBuffer record) {
        int newest = newest();
        int slot = newest == offset ? offset + SLOT_SIZE : offset;
        long sequence = newest < 0 ? 1 : bytes.getLong(newest + SEQUENCE) + 1;
        for (int i = 0; i < SLOT_SIZE; i += Long.BYTES) {
            bytes.putLong(slot + i, 0);
        }
        bytes.putLong(slot + SEQUENCE, sequence);
        bytes.put(slot + RECORD, record, record.position(), record.remaining());
        bytes.putInt(slot, crc(slot));
    }

    private int newest() {
        boolean goodA = isGood(offset);
        boolean goodB = isGood(offset + SLOT_SIZE);
        if (goodA && goodB) {
            long a = bytes.getLong(offset + SEQUENCE);
            return a > bytes.getLong(offset + SLOT_SIZE + SEQUENCE) ? offset : offset + SLOT_SIZE;
        }
        return goodA ? offset : goodB ? offset + SLOT_SIZE : -1;
    }

    private boolean isGood(int slot) {
        return bytes.getLong(slot + SEQUENCE) > 0 && bytes.getInt(slot) == crc(slot);
    }

    private int crc(int slot) {
        CRC32C crc = new CRC32C();
        crc.update(slice(slot + SEQUENCE, SLOT_SIZE - SEQUENCE));
        return (int) crc.getValue();
    }

    private ByteBuffer slice(int from, int length) {
        return bytes.slice(from, length);
    }
}
