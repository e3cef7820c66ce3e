package org.dmuser.shim.fuse;

import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Random;

/** A process that reads and writes a file at random, unaligned, and compares with what it has in memory. */
final class RandomIoClient {
    private static final int STEPS = 500;

    private RandomIoClient() {}

    /** Arguments: the file, where the part to use begins, how long it is, the seed. */
    public static void main(String[] arguments) throws Exception {
        int start = Integer.parseInt(arguments[1]);
        int size = Integer.parseInt(arguments[2]);
        Random random = new Random(Long.parseLong(arguments[3]));
        byte[] model = new byte[size];
        try (FileChannel file =
                FileChannel.open(Path.of(arguments[0]), StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            for (int step = 0; step < STEPS; step++) {
                int offset = random.nextInt(size);
                int length = 1 + random.nextInt(Math.min(size - offset, random.nextInt(5) == 0 ? 300_000 : 5000));
                if (random.nextBoolean()) {
                    byte[] bytes = new byte[length];
                    random.nextBytes(bytes);
                    System.arraycopy(bytes, 0, model, offset, length);
                    writeAll(file, ByteBuffer.wrap(bytes), start + offset);
                } else {
                    check(file, model, start, offset, length);
                }
            }
            check(file, model, start, 0, size);
        }
    }

    private static void writeAll(FileChannel file, ByteBuffer data, long offset) throws Exception {
        long at = offset;
        while (data.hasRemaining()) {
            at += file.write(data, at);
        }
    }

    private static void check(FileChannel file, byte[] model, int start, int offset, int length) throws Exception {
        ByteBuffer data = ByteBuffer.allocateDirect(length);
        while (data.hasRemaining() && file.read(data, start + offset + data.position()) > 0) {
            continue;
        }
        byte[] bytes = new byte[length];
        data.clear().get(bytes);
        int difference = Arrays.mismatch(bytes, Arrays.copyOfRange(model, offset, offset + length));
        if (difference >= 0) {
            throw new IllegalStateException("byte " + (offset + difference) + " is not what was written");
        }
    }
}
