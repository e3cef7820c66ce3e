package org.dmuser.examples.backup.work;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.dmuser.sdk.file.LockedFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UncachedWritesTest {
    private static final int SIZE = 64 * 1024;
    private static final long SEED = 20261121;

    @TempDir
    private Path directory;

    private final byte[] content = Images.randomBytes(new Random(SEED), SIZE);
    private final ByteBuffer src = UncachedWrites.buffer(SIZE).put(content).flip();
    private Path file;
    private LockedFile locked;
    private UncachedWrites writes;

    @BeforeEach
    void open() throws IOException {
        file = Files.write(directory.resolve("file"), new byte[SIZE]);
        locked = LockedFile.tryLock(file).orElseThrow();
        Optional<UncachedWrites> way = UncachedWrites.open(locked, file);
        assumeTrue(way.isPresent(), "there is no way past the cache here");
        writes = way.get();
    }

    @AfterEach
    void close() throws IOException {
        locked.close();
        if (writes != null) {
            writes.close();
        }
    }

    @Test
    void shouldWriteWholeBlocksAndLeaveTheRest() throws IOException {
        writes.write(8192, src.limit(12288 + 100));
        assertEquals(12288, src.position());
        assertEquals(12288 + 100, src.limit());
        byte[] expected = new byte[SIZE];
        System.arraycopy(content, 0, expected, 8192, 12288);
        assertArrayEquals(expected, Files.readAllBytes(file));
    }

    @Test
    void shouldWriteFromTheMiddleOfABuffer() throws IOException {
        writes.write(0, src.position(SIZE / 2));
        assertEquals(SIZE, src.position());
        byte[] expected = Arrays.copyOf(Arrays.copyOfRange(content, SIZE / 2, SIZE), SIZE);
        assertArrayEquals(expected, Files.readAllBytes(file));
    }

    @Test
    void shouldLeaveWhatIsNotAtABlock() throws IOException {
        writes.write(512, src);
        assertEquals(SIZE, src.remaining());
        writes.write(0, src.position(1));
        assertEquals(SIZE - 1, src.remaining());
        writes.write(0, src.position(0).limit(4095));
        assertEquals(4095, src.remaining());
        assertArrayEquals(new byte[SIZE], Files.readAllBytes(file));
    }
}
