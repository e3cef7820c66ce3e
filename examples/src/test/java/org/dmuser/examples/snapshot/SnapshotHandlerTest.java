package org.dmuser.examples.snapshot;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.dmuser.channel.DiskUsage;
import org.dmuser.channel.Errno;
import org.dmuser.examples.DiskModel;
import org.dmuser.examples.snapshot.store.FileBase;
import org.dmuser.examples.snapshot.store.SnapshotStore;
import org.dmuser.examples.snapshot.store.SnapshotView;
import org.dmuser.examples.snapshot.store.StoreDirectory;
import org.dmuser.examples.snapshot.store.StoreOptions;
import org.dmuser.sdk.BlockException;
import org.dmuser.sdk.DeviceInfo;
import org.dmuser.sdk.config.ConfigException;
import org.dmuser.sdk.control.ControlConnection;
import org.dmuser.sdk.control.Registration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** On real files. */
class SnapshotHandlerTest {
    private static final int SIZE = 2 << 20;

    @TempDir
    private Path directory;

    private Path store() {
        return directory.resolve("store");
    }

    private Path base(byte[] bytes) throws IOException {
        return Files.write(directory.resolve("base"), bytes);
    }

    private static byte[] random(long seed, int length) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    private SnapshotHandler open(Path base, int blockSize, long max) throws IOException {
        return SnapshotHandler.open(FileBase.open(base), store(), new StoreOptions(blockSize, max, base.toString()));
    }

    private static byte[] read(SnapshotHandler handler) throws IOException {
        ByteBuffer dst = ByteBuffer.allocate((int) handler.size());
        handler.read(0, dst);
        return dst.array();
    }

    @ParameterizedTest(name = "seed {0}, block {1}")
    @CsvSource({"1, 4096", "2, 8192", "3, 65536", "4, 65536"})
    void shouldHoldWhatAnArrayWould(long seed, int blockSize) throws IOException {
        Path base = base(new byte[SIZE + 1536]);
        try (SnapshotHandler handler = open(base, blockSize, 0)) {
            assertEquals(SIZE + 1536, handler.size());
            new DiskModel(SIZE + 1536, seed).run(handler, 300, true);
        }
    }

    @Test
    void shouldLeaveTheBaseAsItIs() throws IOException {
        byte[] content = random(1, SIZE);
        Path base = base(content);
        byte[] written = content.clone();
        try (SnapshotHandler handler = open(base, 0, 0)) {
            handler.write(70_000 / 512 * 512, ByteBuffer.wrap(new byte[512]));
            Arrays.fill(written, 70_000 / 512 * 512, 70_000 / 512 * 512 + 512, (byte) 0);
            assertArrayEquals(written, read(handler));
        }
        assertArrayEquals(content, Files.readAllBytes(base));
        try (SnapshotHandler handler = open(base, 0, 0)) {
            assertArrayEquals(written, read(handler));
        }
    }

    @ParameterizedTest(name = "block {0}")
    @ValueSource(ints = {4096, 65536})
    void shouldShowASnapshotBesideTheDaemon(int blockSize) throws IOException {
        byte[] content = random(1, SIZE + 512);
        Path base = base(content);
        try (SnapshotHandler handler = open(base, blockSize, 0)) {
            handler.open(new DeviceInfo("disk", SIZE, false, Optional.of(directory)));
            assertEquals(Optional.of(store()), Registration.find(directory, "disk"));
            handler.write(512, ByteBuffer.wrap(random(2, SIZE / 2)));
            byte[] then = read(handler);
            try (ControlConnection connection = ControlConnection.open(store().resolve("control"))) {
                connection.ask("create", "then");
                handler.write(4096, ByteBuffer.wrap(random(3, SIZE / 2)));
                handler.discard(SIZE / 2, SIZE / 2);
                try (SnapshotView view = SnapshotView.open(StoreDirectory.find(store()), "then", FileBase.open(base))) {
                    ByteBuffer dst = ByteBuffer.allocate((int) view.size());
                    view.read(0, dst);
                    assertArrayEquals(then, dst.array());
                    assertTrue(assertThrows(IOException.class, () -> connection.ask("delete", "then"))
                            .getMessage()
                            .contains("in use"));
                    assertArrayEquals(then, export(view));
                }
                connection.ask("delete", "then");
                assertThrows(IOException.class, () -> connection.ask("rollback", "then"));
                assertThrows(IOException.class, () -> connection.ask("frob", "then"));
                assertThrows(IOException.class, () -> connection.ask("create", "../then"));
                assertThrows(IOException.class, () -> connection.ask("create"));
                assertEquals(
                        List.of(), StoreInfoText.read(connection.ask("info")).snapshots());
            }
        }
        assertEquals(Optional.empty(), Registration.find(directory, "disk"));
    }

    private byte[] export(SnapshotView view) throws IOException {
        Path file = directory.resolve("export");
        try (FileChannel target = FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.CREATE)) {
            assertTrue(SparseCopy.copy(view, target, () -> false));
            assertFalse(SparseCopy.copy(view, target, () -> true));
        }
        return Files.readAllBytes(file);
    }

    @Test
    void shouldThrowAnOverlayAway() throws IOException {
        byte[] content = random(1, SIZE);
        try (SnapshotHandler handler = SnapshotHandler.overlay(FileBase.open(base(content)), store())) {
            handler.open(new DeviceInfo("disk", SIZE, false, Optional.of(directory)));
            handler.write(0, ByteBuffer.wrap(random(2, 4096)));
            handler.flush();
            assertArrayEquals(random(2, 4096), Arrays.copyOf(read(handler), 4096));
        }
        assertTrue(Files.notExists(store()));
    }

    @Test
    void shouldSayThatItIsFullAndGoOn() throws IOException {
        byte[] content = random(1, SIZE);
        byte[] block = random(2, 65536);
        try (SnapshotHandler handler = open(base(content), 65536, 4 * 65536)) {
            for (int i = 0; i < 4; i++) {
                handler.write(i * 65536, ByteBuffer.wrap(block));
            }
            BlockException full =
                    assertThrows(BlockException.class, () -> handler.write(4 * 65536, ByteBuffer.wrap(block)));
            assertEquals(Errno.ENOSPC, full.errno());
            assertTrue(full.getMessage().contains("snapshot delete"), full.getMessage());
            handler.write(65536, ByteBuffer.wrap(content, 0, 65536));
            System.arraycopy(block, 0, content, 2 * 65536, 65536);
            handler.discard(0, 65536);
            handler.write(4 * 65536, ByteBuffer.wrap(block));
            assertArrayEquals(block, Arrays.copyOfRange(read(handler), 4 * 65536, 5 * 65536));
            assertArrayEquals(block, Arrays.copyOfRange(read(handler), 2 * 65536, 3 * 65536));
        }
    }

    @Test
    void shouldGiveBackTheRoomOfWhatIsDiscarded() throws IOException {
        try (SnapshotHandler handler = open(base(new byte[SIZE]), 4096, 0)) {
            handler.write(0, ByteBuffer.wrap(random(1, SIZE)));
            handler.flush();
            assertEquals(SIZE, Files.size(store().resolve("data")));
            handler.discard(0, SIZE - 4096);
            handler.flush();
            long left = DiskUsage.of(store().resolve("data"));
            assertTrue(left <= 32 << 10, "bytes are left: " + left);
            handler.discard(0, SIZE);
            handler.flush();
            assertEquals(0, Files.size(store().resolve("data")));
        }
    }

    @Test
    void shouldBeOpenOnlyOnce() throws IOException {
        Path base = base(new byte[SIZE]);
        try (SnapshotHandler handler = open(base, 0, 0)) {
            assertEquals(SIZE, handler.size());
            assertTrue(assertThrows(IOException.class, () -> open(base, 0, 0))
                    .getMessage()
                    .contains("in use by process " + ProcessHandle.current().pid()));
        }
    }

    @Test
    void shouldRefuseAnotherBaseOrBlockSize() throws IOException {
        open(base(new byte[SIZE]), 4096, 0).close();
        Path other = Files.write(directory.resolve("other"), new byte[SIZE / 2]);
        assertThrows(ConfigException.class, () -> open(other, 0, 0));
        assertThrows(ConfigException.class, () -> open(directory.resolve("base"), 8192, 0));
        assertThrows(ConfigException.class, () -> open(directory.resolve("nothing"), 0, 0));
        open(directory.resolve("base"), 0, 0).close();
    }

    @Test
    void shouldNotMakeAStoreOfSomethingElse() throws IOException {
        Path base = base(new byte[SIZE]);
        Files.createDirectory(store());
        Files.write(store().resolve("data"), new byte[100]);
        assertTrue(assertThrows(IOException.class, () -> open(base, 0, 0))
                .getMessage()
                .contains("damaged"));
        Files.delete(store().resolve("data"));
        open(base, 0, 0).close();
        try (SnapshotStore opened = SnapshotStore.open(
                StoreDirectory.make(store()).files(), FileBase.open(base), StoreOptions.standard())) {
            assertEquals(65536, opened.blockSize());
        }
    }
}
