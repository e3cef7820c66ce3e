package org.dmuser.shim.file;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.dmuser.channel.Errno;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random requests, mostly unaligned and often over the end, against an array of bytes. */
final class BlockFileModelTest {
    private static final int SIZE = 768 * 1024;
    private static final int STEPS = 400;

    private final MemoryDevice device = new MemoryDevice(SIZE).forgetful();
    private final BlockFile file = new BlockFile(device);
    private final IoContext context = new IoContext(e -> {
        throw new AssertionError(e);
    });
    private final byte[] model = new byte[SIZE];

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void shouldDoWhatAnArrayDoes(long seed) {
        Random random = new Random(seed);
        for (int step = 0; step < STEPS; step++) {
            int unit = random.nextBoolean() ? 1 : 512;
            int offset = random.nextInt(SIZE / unit) * unit;
            int length = (1 + random.nextInt(lengthMax(random) / unit + 1)) * unit;
            int inside = Math.min(length, SIZE - offset);
            switch (random.nextInt(5)) {
                case 0, 1 -> write(random, offset, length, inside);
                case 2 -> read(offset, length, inside);
                case 3 -> zero(offset, inside, file.discard(context, offset, length));
                default -> zero(offset, inside, file.writeZeroes(context, offset, length, false));
            }
        }
        assertArrayEquals(model, device.bytes(0, SIZE));
    }

    private static int lengthMax(Random random) {
        return random.nextInt(4) == 0 ? 400_000 : 3000;
    }

    private void write(Random random, int offset, int length, int inside) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        assertEquals(inside, file.write(context, offset, ByteBuffer.wrap(bytes), length, random.nextBoolean()));
        System.arraycopy(bytes, 0, model, offset, inside);
    }

    private void read(int offset, int length, int inside) {
        ByteBuffer data = ByteBuffer.allocateDirect(length);
        assertEquals(inside, file.read(context, offset, data, length));
        byte[] bytes = new byte[inside];
        data.clear().get(bytes);
        assertArrayEquals(Arrays.copyOfRange(model, offset, offset + inside), bytes);
    }

    private void zero(int offset, int inside, Errno status) {
        assertEquals(Errno.OK, status);
        Arrays.fill(model, offset, offset + inside, (byte) 0);
    }
}
