package org.dmuser.examples.snapshot.store;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * Records one after another, as they are in a metadata file. Used by one thread at a time.
 *
 * <pre>
 *    0  crc          4   CRC-32C of everything behind it, payload included
 *    4  length       4   bytes of payload; the next record begins at a multiple of 8 behind it
 *    8  generation   8   that of the file: what an earlier use of the file has left is no record
 *   16  sequence     8   counts the records of the file, from 0: what a lost write has left out is missed
 *   24  type         4
 *   28  place        4   how many records of its commit are before it: those of earlier commits were safe when it was
 *                        written, so where one of them is not whole, it has been damaged since
 *   32  payload
 * </pre>
 */
final class RecordBuffer {
    static final int HEADER = 32;
    static final int LENGTH_OFFSET = 4;
    static final int GENERATION_OFFSET = 8;
    static final int SEQUENCE_OFFSET = 16;
    static final int TYPE_OFFSET = 24;
    static final int PLACE_OFFSET = 28;

    /** Bytes of payload, at most. */
    static final int PAYLOAD_MAX = 64 << 10;

    /** Each record begins at a multiple of this. */
    static final int ALIGNMENT = 8;

    private final CRC32C crc = new CRC32C();
    private ByteBuffer bytes = ByteBuffer.allocateDirect(4 * PAYLOAD_MAX);
    private int start = -1;

    /** How far the next record is from one with that much payload. */
    static int length(int payload) {
        return HEADER + (payload + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    }

    void clear() {
        bytes.clear();
        start = -1;
    }

    int size() {
        return bytes.position();
    }

    /** Begins a record; what is then put into {@link #room} is its payload. */
    void begin(RecordType type) {
        ByteBuffer header = room(HEADER);
        start = header.position();
        header.putLong(0).putLong(0).putLong(0).putInt(type.ordinal()).putInt(0);
    }

    /** Where to put the next {@code length} bytes. */
    ByteBuffer room(int length) {
        if (bytes.remaining() < length) {
            ByteBuffer larger = ByteBuffer.allocateDirect(Math.max(bytes.capacity() * 2, bytes.position() + length));
            bytes = larger.put(bytes.flip());
        }
        return bytes;
    }

    /** Bytes of payload so far in the record that was begun. */
    int payload() {
        return bytes.position() - start - HEADER;
    }

    boolean isOpen() {
        return start >= 0;
    }

    /** Ends the record that was begun. */
    void end() {
        int payload = payload();
        ByteBuffer padded = room(ALIGNMENT);
        while (padded.position() % ALIGNMENT != 0) {
            padded.put((byte) 0);
        }
        bytes.putInt(start + LENGTH_OFFSET, payload);
        start = -1;
    }

    /**
     * Gives the records, all of which have been ended, their place, and answers them; the sequence goes on behind.
     *
     * @param commitStart the sequence of the first record of the commit they belong to
     */
    ByteBuffer seal(long generation, long firstSequence, long commitStart) {
        ByteBuffer sealed = bytes.duplicate().flip();
        long sequence = firstSequence;
        for (int at = 0; at < sealed.limit(); at += length(sealed.getInt(at + LENGTH_OFFSET))) {
            sealed.putLong(at + GENERATION_OFFSET, generation);
            sealed.putLong(at + SEQUENCE_OFFSET, sequence);
            sealed.putInt(at + PLACE_OFFSET, (int) (sequence++ - commitStart));
            sealed.putInt(at, crc(sealed, at));
        }
        return sealed;
    }

    /** How many records there are. */
    int count() {
        int count = 0;
        for (int at = 0; at < bytes.position(); at += length(bytes.getInt(at + LENGTH_OFFSET))) {
            count++;
        }
        return count;
    }

    private int crc(ByteBuffer records, int at) {
        int length = HEADER + records.getInt(at + LENGTH_OFFSET);
        crc.reset();
        crc.update(records.duplicate().limit(at + length).position(at + LENGTH_OFFSET));
        return (int) crc.getValue();
    }
}
