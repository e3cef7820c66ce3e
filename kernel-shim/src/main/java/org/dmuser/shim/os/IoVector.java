package org.dmuser.shim.os;

import org.agrona.UnsafeApi;

/**
 * What {@link LibC#readv} and {@link LibC#writev} fill and send: an array of {@code struct iovec} at a raw address.
 *
 * <pre>
 *    0                   8                  16
 *   +-------------------+-------------------+
 * 0 | base              | length            |   of 64-bit Linux
 *   +-------------------+-------------------+
 * </pre>
 */
public final class IoVector {
    private static final int BASE_OFFSET = 0;
    private static final int LENGTH_OFFSET = 8;

    /** Bytes of one element. */
    public static final int LENGTH = 16;

    private IoVector() {}

    /** Lets element {@code index} be the {@code length} bytes of memory at {@code base}. */
    public static void put(long address, int index, long base, long length) {
        long element = address + (long) index * LENGTH;
        UnsafeApi.putLong(element + BASE_OFFSET, base);
        UnsafeApi.putLong(element + LENGTH_OFFSET, length);
    }
}
