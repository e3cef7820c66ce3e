package org.dmuser.examples.snapshot.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * Reads the records of a metadata file, up to the first that is not whole. That is the end, perhaps a torn one, unless
 * there is a record behind it that was written when this one was safe: then it has been damaged.
 */
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
    private boolean damaged;
    private final ByteBuffer payload = window.duplicate();

    RecordReader(StoreFile file, long generation) throws IOException {
        this.file = file;
        this.generation = generation;
        this.size = file.size();
    }

    /** Goes to the next record; false if there is none. */
    boolean next() throws IOException {
        if (!isNext()) {
            if (!isFollowed()) {
                return false;
            }
            // The store's daemon may have written both between the two looks.
            windowLength = 0;
            damaged = !isNext();
            if (damaged) {
                return false;
            }
        }
        int at = index(position);
        int length = window.getInt(at + RecordBuffer.LENGTH_OFFSET);
        type = RecordType.of(window.getInt(at + RecordBuffer.TYPE_OFFSET));
        payload.limit(at + RecordBuffer.HEADER + length).position(at + RecordBuffer.HEADER);
        position += RecordBuffer.length(length);
        sequence++;
        return true;
    }

    private boolean isNext() throws IOException {
        return isWhole(position) && window.getLong(index(position) + RecordBuffer.SEQUENCE_OFFSET) == sequence;
    }

    /** Whether a record of a later commit than the next one's is behind it. */
    private boolean isFollowed() throws IOException {
        for (long at = position + RecordBuffer.ALIGNMENT; at < size; at += RecordBuffer.ALIGNMENT) {
            if (isWhole(at) && commitStart(at) > sequence) {
                return true;
            }
        }
        return false;
    }

    private long commitStart(long at) {
        return window.getLong(index(at) + RecordBuffer.SEQUENCE_OFFSET)
                - window.getInt(index(at) + RecordBuffer.PLACE_OFFSET);
    }

    /** Whether there is a record at {@code offset}, which then is in the window. */
    private boolean isWhole(long offset) throws IOException {
        if (!load(offset, RecordBuffer.HEADER)) {
            return false;
        }
        int at = index(offset);
        int length = window.getInt(at + RecordBuffer.LENGTH_OFFSET);
        if (window.getLong(at + RecordBuffer.GENERATION_OFFSET) != generation
                || RecordType.of(window.getInt(at + RecordBuffer.TYPE_OFFSET)) == null
                || length < 0
                || length > RecordBuffer.PAYLOAD_MAX
                || !load(offset, RecordBuffer.HEADER + length)) {
            return false;
        }
        at = index(offset);
        crc.reset();
        crc.update(
                window.duplicate().limit(at + RecordBuffer.HEADER + length).position(at + RecordBuffer.LENGTH_OFFSET));
        return window.getInt(at) == (int) crc.getValue();
    }

    /** Where in the window an offset of the file is. */
    private int index(long offset) {
        return (int) (offset - windowStart);
    }

    /** Has so many bytes in the window; false if the file ends before. */
    private boolean load(long offset, int length) throws IOException {
        if (offset + length > size) {
            return false;
        }
        if (offset < windowStart || offset + length > windowStart + windowLength) {
            windowStart = offset;
            windowLength = (int) Math.min(window.capacity(), size - offset);
            file.read(offset, window.clear().limit(windowLength));
            window.clear();
        }
        return true;
    }

    /** Whether the record at {@link #position} is one that was there once; if not, it is the end. */
    boolean isDamaged() {
        return damaged;
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
