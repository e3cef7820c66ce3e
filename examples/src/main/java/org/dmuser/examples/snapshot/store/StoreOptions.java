package org.dmuser.examples.snapshot.store;

import org.dmuser.sdk.config.ByteSize;
import org.dmuser.sdk.config.ConfigException;

/**
 * How a store is made, and how much it may hold.
 *
 * @param blockSize bytes, a power of two from 4 KiB to 64 KiB; 0: what the store has, 64 KiB for a new one
 * @param dataMax bytes of data, at most; 0: as many as the disk holds
 * @param basePath for commands that have to find the base; may be empty
 */
public record StoreOptions(int blockSize, long dataMax, String basePath) {
    /** Unless another is asked for. */
    public static final int BLOCK_SIZE = 64 << 10;

    private static final int BLOCK_SIZE_MIN = 4 << 10;

    public StoreOptions {
        if (blockSize != 0
                && (blockSize < BLOCK_SIZE_MIN || blockSize > BLOCK_SIZE || Integer.bitCount(blockSize) != 1)) {
            throw new ConfigException(
                    "block: " + ByteSize.format(blockSize) + " is not possible; write 4k, 8k, 16k, 32k or 64k");
        }
        if (dataMax < 0) {
            throw new ConfigException("max: " + dataMax + " is negative");
        }
    }

    /** The usual ones. */
    public static StoreOptions standard() {
        return new StoreOptions(0, 0, "");
    }
}
