package org.dmuser.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.dmuser.sdk.BlockHandler;

/** A byte array that says what a handler must hold after any sequence of requests. */
public final class DiskModel {
    private static final int SECTOR = 512;

    private final byte[] expected;
    private final Random random;

    /** Of a disk of zeros. */
    public DiskModel(int size, long seed) {
        expected = new byte[size];
        random = new Random(seed);
    }

    /** One request of each {@code count}, chosen by the seed, and a comparison of everything at the end. */
    public void run(BlockHandler handler, int count, boolean discardsToZeroes) throws IOException {
        for (int i = 0; i < count; i++) {
            int length = SECTOR * (1 + random.nextInt(random.nextBoolean() ? 8 : expected.length / SECTOR / 2));
            int offset = SECTOR * random.nextInt((expected.length - length) / SECTOR + 1);
            step(handler, random.nextInt(6), offset, length, discardsToZeroes);
        }
        check(handler, 0, expected.length);
    }

    private void step(BlockHandler handler, int kind, int offset, int length, boolean discardsToZeroes)
            throws IOException {
        switch (kind) {
            case 0 -> check(handler, offset, length);
            case 1 -> handler.writeFua(offset, newContent(offset, length));
            case 2 -> {
                handler.writeZeroes(offset, length);
                Arrays.fill(expected, offset, offset + length, (byte) 0);
            }
            case 3 -> {
                if (discardsToZeroes) {
                    handler.discard(offset, length);
                    Arrays.fill(expected, offset, offset + length, (byte) 0);
                }
            }
            case 4 -> handler.flush();
            default -> {
                ByteBuffer src = newContent(offset, length);
                handler.write(offset, src);
                assertEquals(0, src.remaining());
            }
        }
    }

    private ByteBuffer newContent(int offset, int length) {
        byte[] content = new byte[length];
        random.nextBytes(content);
        System.arraycopy(content, 0, expected, offset, length);
        ByteBuffer buffer = random.nextBoolean() ? ByteBuffer.allocateDirect(length) : ByteBuffer.allocate(length);
        return buffer.put(content).flip();
    }

    private void check(BlockHandler handler, int offset, int length) throws IOException {
        ByteBuffer read = random.nextBoolean() ? ByteBuffer.allocateDirect(length) : ByteBuffer.allocate(length);
        while (read.hasRemaining()) {
            read.put((byte) 0x5a);
        }
        read.clear();
        handler.read(offset, read);
        assertEquals(0, read.remaining());
        assertEquals(-1, read.flip().mismatch(ByteBuffer.wrap(expected, offset, length)));
    }
}
