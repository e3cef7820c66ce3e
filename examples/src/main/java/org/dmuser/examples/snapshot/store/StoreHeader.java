package org.dmuser.examples.snapshot.store;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * How a metadata file begins. What follows counts only with a header that is whole; of two files, that of the higher
 * generation.
 *
 * <pre>
 *    0  magic            8   "dmsnap01", which is also the version of the format
 *    8  crc              4   CRC-32C of bytes 12 to 48
 *   12  block size       4   bytes
 *   16  device size      8   bytes
 *   24  store id         8   random, the same in both files
 *   32  generation       8   counts checkpoints, from 1
 *   40  checkpoint end   8   offset in this file where the checkpoint ends and the log begins
 *   48                       zeros, to 4096
 * </pre>
 */
record StoreHeader(int blockSize, long deviceSize, long storeId, long generation, long checkpointEnd) {
    /** What a header takes in its file. */
    static final int LENGTH = 4096;

    private static final long MAGIC = 0x646d736e61703031L;
    private static final int CRC_OFFSET = 8;
    private static final int CRC_FROM = 12;
    private static final int END = 48;

    StoreHeader next(long newCheckpointEnd) {
        return new StoreHeader(blockSize, deviceSize, storeId, generation + 1, newCheckpointEnd);
    }

    int blocks() {
        return (int) ((deviceSize + blockSize - 1) / blockSize);
    }

    ByteBuffer encode() {
        ByteBuffer bytes = ByteBuffer.allocate(LENGTH).putLong(MAGIC).putInt(0);
        bytes.putInt(blockSize).putLong(deviceSize).putLong(storeId).putLong(generation);
        bytes.putLong(checkpointEnd);
        bytes.putInt(CRC_OFFSET, crc(bytes));
        return bytes.clear();
    }

    /** Null where there is none that is whole. */
    static StoreHeader decode(ByteBuffer bytes) {
        if (bytes.getLong(0) != MAGIC || bytes.getInt(CRC_OFFSET) != crc(bytes)) {
            return null;
        }
        return new StoreHeader(
                bytes.getInt(CRC_FROM), bytes.getLong(16), bytes.getLong(24), bytes.getLong(32), bytes.getLong(40));
    }

    /** Whether there is none, and not even one that has been damaged. */
    static boolean isEmpty(ByteBuffer bytes) {
        return bytes.equals(ByteBuffer.allocate(LENGTH));
    }

    private static int crc(ByteBuffer bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes.duplicate().limit(END).position(CRC_FROM));
        return (int) crc.getValue();
    }
}
