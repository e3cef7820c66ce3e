package org.dmuser.examples.memory;

import static org.dmuser.examples.memory.MemoryHandler.EXTENT_SIZE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.dmuser.channel.Errno;
import org.dmuser.examples.DiskModel;
import org.dmuser.sdk.BlockException;
import org.dmuser.sdk.DeviceInfo;
import org.dmuser.sdk.Handler;
import org.dmuser.sdk.config.ConfigException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MemoryHandlerTest {
    private Path directory;
    private MemoryHandler handler;

    @BeforeEach
    void makeDirectory() throws IOException {
        directory = Files.createTempDirectory(Path.of("/dev/shm"), "dmuser-test-");
    }

    @AfterEach
    void close() throws IOException {
        if (handler != null) {
            handler.close();
        }
        Files.delete(directory);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void shouldHoldWhatAnArrayWould(long seed) throws IOException {
        int size = 4 * EXTENT_SIZE + 512 * (int) (seed * 97);
        open(size);
        new DiskModel(size, seed).run(handler, 300, true);
    }

    @Test
    void shouldTakeAnySize() {
        assertEquals(Handler.ANY_SIZE, new MemoryHandler(new TmpfsMemory(directory)).size());
    }

    @Test
    void shouldTakeNoMemoryForWhatWasNotWritten() throws IOException {
        open(1L << 40);
        ByteBuffer read = ByteBuffer.allocate(4096);
        handler.read((1L << 40) - 4096, read);
        assertEquals(0, handler.memoryInUse());
        handler.writeZeroes(0, 1L << 20);
        assertEquals(0, handler.memoryInUse());
        handler.write((1L << 39) + EXTENT_SIZE - 512, ByteBuffer.allocate(1024));
        assertEquals(2 * EXTENT_SIZE, handler.memoryInUse());
    }

    @Test
    void shouldGiveMemoryBackWhenAllOfAnExtentIsDiscarded() throws IOException {
        open(8 * EXTENT_SIZE);
        for (int i = 0; i < 4; i++) {
            handler.write((long) i * EXTENT_SIZE, filled(EXTENT_SIZE));
        }
        handler.discard(512, 3 * EXTENT_SIZE);
        assertEquals(2 * EXTENT_SIZE, handler.memoryInUse());
        assertEquals(7, byteAt(511));
        assertEquals(0, byteAt(512));
        assertEquals(0, byteAt(2 * EXTENT_SIZE));
        assertEquals(0, byteAt(3 * EXTENT_SIZE + 511));
        assertEquals(7, byteAt(3 * EXTENT_SIZE + 512));
        handler.discard(0, 8 * EXTENT_SIZE);
        assertEquals(0, handler.memoryInUse());
    }

    @Test
    void shouldLeaveNoFileBehind() throws IOException {
        open(EXTENT_SIZE);
        handler.write(0, filled(512));
        try (Stream<Path> files = Files.list(directory)) {
            assertEquals(List.of(), files.toList());
        }
    }

    @Test
    void shouldRunOutOfSpaceAndRecover() throws IOException {
        handler = new MemoryHandler(new TwoExtents());
        handler.open(new DeviceInfo("disk", 8 * EXTENT_SIZE, false));
        handler.write(0, filled(512));
        handler.write(EXTENT_SIZE, filled(512));
        BlockException e = assertThrows(BlockException.class, () -> handler.write(2 * EXTENT_SIZE, filled(512)));
        assertEquals(Errno.ENOSPC, e.errno());
        assertEquals(7, byteAt(0));
        handler.discard(0, EXTENT_SIZE);
        handler.write(2 * EXTENT_SIZE, filled(512));
        assertEquals(7, byteAt(2 * EXTENT_SIZE));
        assertEquals(0, byteAt(0));
    }

    @Test
    void shouldSayThatThereIsNoMemoryWhereTheDirectoryHasGone() throws IOException {
        Path gone = Files.createDirectory(directory.resolve("gone"));
        handler = new MemoryHandler(new TmpfsMemory(gone));
        handler.open(new DeviceInfo("disk", EXTENT_SIZE, false));
        Files.delete(gone);
        BlockException e = assertThrows(BlockException.class, () -> handler.write(0, filled(512)));
        assertEquals(Errno.ENOSPC, e.errno());
    }

    @Test
    void shouldRefuseADirectoryThatIsNone() {
        assertEquals(
                "dir: /nowhere is not a directory that can be written to",
                assertThrows(ConfigException.class, () -> new TmpfsMemory(Path.of("/nowhere")))
                        .getMessage());
    }

    @Test
    void shouldRefuseADeviceBeyondReason() {
        handler = new MemoryHandler(new TmpfsMemory(directory));
        assertThrows(BlockException.class, () -> handler.open(new DeviceInfo("disk", 1L << 50, false)));
    }

    /** Threads own every fourth 4 KiB block each, so that all of them share every extent; one more discards others. */
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void shouldServeManyThreads(long seed) throws Exception {
        int owners = 3;
        open(2 * EXTENT_SIZE + 4L * EXTENT_SIZE);
        List<Throwable> failures = new CopyOnWriteArrayList<>();
        List<Thread> threads = new ArrayList<>();
        for (int owner = 0; owner < owners; owner++) {
            Random random = new Random(seed * 31 + owner);
            int first = owner;
            threads.add(new Thread(() -> writeAndRead(random, first, owners)));
        }
        threads.add(new Thread(() -> churn(new Random(seed))));
        for (Thread thread : threads) {
            thread.setUncaughtExceptionHandler((t, e) -> failures.add(e));
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertEquals(List.of(), failures);
    }

    private void writeAndRead(Random random, int first, int step) {
        byte[][] expected = new byte[2 * EXTENT_SIZE / 4096][];
        ByteBuffer buffer = ByteBuffer.allocateDirect(4096);
        for (int i = 0; i < 5000; i++) {
            int block = first + step * random.nextInt((expected.length - first - 1) / step);
            if (expected[block] == null || random.nextBoolean()) {
                expected[block] = new byte[4096];
                random.nextBytes(expected[block]);
                unchecked(() -> handler.write(
                        block * 4096L, buffer.clear().put(expected[block]).flip()));
            } else {
                handler.read(block * 4096L, buffer.clear());
                assertEquals(ByteBuffer.wrap(expected[block]), buffer.flip());
            }
        }
    }

    /** Makes and frees extents next to those in use, and reads from them meanwhile: all zeros or all sevens. */
    private void churn(Random random) {
        ByteBuffer buffer = ByteBuffer.allocateDirect(512);
        for (int i = 0; i < 500; i++) {
            long extent = (2 + random.nextInt(4)) * (long) EXTENT_SIZE;
            if (random.nextBoolean()) {
                unchecked(() -> handler.write(extent, filled(512)));
            } else {
                handler.discard(extent, EXTENT_SIZE);
            }
            handler.read(extent, buffer.clear());
        }
    }

    private interface Call {
        void run() throws IOException;
    }

    private static void unchecked(Call call) {
        try {
            call.run();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private void open(long size) throws IOException {
        handler = new MemoryHandler(new TmpfsMemory(directory));
        handler.open(new DeviceInfo("disk", size, false));
    }

    private byte byteAt(long offset) {
        ByteBuffer sector = ByteBuffer.allocate(512);
        handler.read(offset / 512 * 512, sector);
        return sector.get((int) (offset % 512));
    }

    private static ByteBuffer filled(int length) {
        ByteBuffer buffer = ByteBuffer.allocate(length);
        while (buffer.hasRemaining()) {
            buffer.put((byte) 7);
        }
        return buffer.flip();
    }

    /** Has room for two. */
    private static final class TwoExtents implements ExtentMemory {
        private int left = 2;

        @Override
        public ByteBuffer allocate() throws IOException {
            if (left == 0) {
                throw new BlockException(Errno.ENOSPC, "no more");
            }
            left--;
            return ByteBuffer.allocate(EXTENT_SIZE);
        }

        @Override
        public void free(ByteBuffer extent) {
            left++;
        }
    }
}
