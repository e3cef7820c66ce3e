package org.dmuser.examples.snapshot.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/** Reads the records of a metadata file, up to the first that is not whole. */
final class RecordReader {
    private final StoreFile file;
    private final long generation;
    private final long size;
    private final ByteBuffer window = ByteBuffer.allocateDirect(1 << 20);
    private final CRC32C crc = new CRC32C();

    /** What of the file is in the window. */
    private long windowStart;

    private int windowLength;
    private long position = StoreHeader.LENGTH;
    private long sequence;
    private RecordType type;
    private final ByteBuffer payload = window.duplicate();

    RecordReader(StoreFile file, long generation) throws IOException {
        this.file = file;
        this.generation = generation;
        this.size = file.size();
    }

    /** Goes to the next record; false if there is none. */
    boolean next() throws IOException {
        if (!load(RecordBuffer.HEADER)) {
            return false;
        }
        int at = (int) (position - windowStart);
        int length = window.getInt(at + RecordBuffer.LENGTH_OFFSET);
        type = RecordType.of(window.getInt(at + RecordBuffer.TYPE_OFFSET));
        if (type == null
                || length < 0
                || length > RecordBuffer.PAYLOAD_MAX
                || window.getLong(at + RecordBuffer.GENERATION_OFFSET) != generation
                || window.getLong(at + RecordBuffer.SEQUENCE_OFFSET) != sequence
                || !load(RecordBuffer.HEADER + length)) {
            return false;
        }
        at = (int) (position - windowStart);
        crc.reset();
        crc.update(
                window.duplicate().limit(at + RecordBuffer.HEADER + length).position(at + RecordBuffer.LENGTH_OFFSET));
        if (window.getInt(at) != (int) crc.getValue()) {
            return false;
        }
        payload.limit(at + RecordBuffer.HEADER + length).position(at + RecordBuffer.HEADER);
        position += RecordBuffer.length(length);
        sequence++;
        return true;
    }

    /** Has the next {@code length} bytes in the window; false if the file ends before. */
    private boolean load(int length) throws IOException {
        if (position + length > size) {
            return false;
        }
        if (position < windowStart || position + length > windowStart + windowLength) {
            windowStart = position;
            windowLength = (int) Math.min(window.capacity(), size - position);
            file.read(position, window.clear().limit(windowLength));
            window.clear();
        }
        return true;
    }

    RecordType type() {
        return type;
    }

    ByteBuffer payload() {
        return payload;
    }

    /** Behind the last record. */
    long position() {
        return position;
    }
}
