package org.dmuser.examples.snapshot;

import java.nio.ByteBuffer;
import org.dmuser.examples.snapshot.store.Base;

/** A base in which each byte says where it is. */
record PatternBase(long size) implements Base {
    static byte at(long offset) {
        return (byte) (offset / 512 * 7 + offset % 512 + 1);
    }

    byte[] bytes() {
        byte[] bytes = new byte[(int) size];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = at(i);
        }
        return bytes;
    }

    @Override
    public void read(long offset, ByteBuffer dst) {
        while (dst.hasRemaining()) {
            if (offset >= size) {
                throw new IndexOutOfBoundsException("read of a base of " + size + " at " + offset);
            }
            dst.put(at(offset++));
        }
    }
}
