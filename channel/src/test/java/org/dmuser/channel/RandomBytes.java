package org.dmuser.channel;

import java.util.Random;

/** Data that is known again. */
final class RandomBytes {
    private RandomBytes() {}

    static byte[] random(long seed, int length) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }
}
