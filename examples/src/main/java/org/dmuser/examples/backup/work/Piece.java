package org.dmuser.examples.backup.work;

import org.dmuser.examples.backup.repository.format.ImageLayout;

/**
 * Chunks of an image that follow each other: what a worker deals with at a time.
 *
 * @param first number of its first chunk in the image
 * @param count chunks, {@value #CHUNKS_MAX} at most
 */
record Piece(long first, int count) {
    /** So that disks are read and written in pieces of 4 MiB. */
    static final int CHUNKS_MAX = 16;

    static final int BYTES_MAX = CHUNKS_MAX * ImageLayout.CHUNK;

    long offset() {
        return first * ImageLayout.CHUNK;
    }

    /** Bytes, where the image ends at {@code size}. */
    int length(long size) {
        return (int) (Math.min(size, (first + count) * ImageLayout.CHUNK) - offset());
    }
}
