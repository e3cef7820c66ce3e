package org.dmuser.examples.backup.repository;

import java.nio.ByteBuffer;

/** Nothing but zeros, and whether something is that. */
public final class Zeros {
    private static final ByteBuffer BLOCK = ByteBuffer.allocateDirect(64 * 1024).asReadOnlyBuffer();

    private Zeros() {}

    /** At most 64 KiB of zeros. */
    public static ByteBuffer block(int length) {
        return BLOCK.duplicate().limit(length);
    }

    /** Whether all that remains is zero. Compares many bytes at a time, and stops at the first that is not. */
    public static boolean only(ByteBuffer content) {
        int end = content.limit();
        for (int at = content.position(); at < end; at += BLOCK.capacity()) {
            int length = Math.min(BLOCK.capacity(), end - at);
            if (content.slice(at, length).mismatch(block(length)) >= 0) {
                return false;
            }
        }
        return true;
    }
}
