package org.dmuser.examples.snapshot.store;

import java.nio.ByteBuffer;

/** Zeros for the buffers of those who read where there is nothing. */
final class Zeros {
    private static final byte[] PIECE = new byte[4096];

    private Zeros() {}

    static void fill(ByteBuffer dst, int length) {
        int left = length;
        while (left > 0) {
            int count = Math.min(left, PIECE.length);
            dst.put(PIECE, 0, count);
            left -= count;
        }
    }
}
