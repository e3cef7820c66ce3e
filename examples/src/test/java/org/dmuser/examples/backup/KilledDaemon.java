package org.dmuser.examples.backup;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Random;

/** A daemon that is to be killed: two threads write to the lower half of a disk, without end. */
final class KilledDaemon {
    private KilledDaemon() {}

    /**
     * Never returns.
     *
     * @param arguments directory, size in bytes, seed
     */
    public static void main(String[] arguments) throws Exception {
        int size = Integer.parseInt(arguments[1]);
        Random random = new Random(Long.parseLong(arguments[2]));
        // Closed by nobody: it is killed.
        BackupHandler handler = new BackupRig(Path.of(arguments[0]), size).open();
        for (int i = 0; i < 2; i++) {
            long seed = random.nextLong();
            new Thread(() -> write(handler, size / 2, new Random(seed))).start();
        }
        try (PrintStream out =
                new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8)) {
            out.println("writing");
        }
    }

    private static void write(BackupHandler handler, int end, Random random) {
        byte[] content = new byte[16 << 10];
        try {
            while (true) {
                random.nextBytes(content);
                int length = 512 * (1 + random.nextInt(content.length / 512));
                int offset = 512 * random.nextInt((end - length) / 512);
                if (random.nextInt(20) == 0) {
                    handler.discard(offset, length);
                } else {
                    handler.write(offset, ByteBuffer.wrap(content, 0, length).slice());
                }
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
