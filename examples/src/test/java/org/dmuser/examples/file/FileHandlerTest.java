package org.dmuser.examples.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.EOFException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.dmuser.channel.DiskUsage;
import org.dmuser.channel.Errno;
import org.dmuser.examples.DiskModel;
import org.dmuser.sdk.BlockException;
import org.dmuser.sdk.BlockHandler;
import org.dmuser.sdk.config.ConfigException;
import org.dmuser.sdk.file.FileErrors;
import org.dmuser.sdk.registry.Handlers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileHandlerTest {
    @TempDir
    private Path directory;

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4})
    void shouldHoldWhatAnArrayWould(long seed) throws IOException {
        int size = 1 << 20;
        Path image = image(size);
        try (FileHandler handler = FileHandler.of("path", image, false)) {
            new DiskModel(size, seed).run(handler, 200, true);
        }
        assertEquals(size, Files.size(image));
    }

    @Test
    void shouldKeepWhatWasWritten() throws IOException {
        Path image = image(4096);
        try (FileHandler handler = FileHandler.of("path", image, false)) {
            handler.write(512, ByteBuffer.allocate(512).putLong(0, 42));
        }
        try (FileHandler handler = FileHandler.of("path", image, true)) {
            ByteBuffer read = ByteBuffer.allocate(512);
            handler.read(512, read);
            assertEquals(42, read.getLong(0));
            assertTrue(handler.readOnly());
        }
    }

    @Test
    void shouldEndAtTheLastWholeSector() throws IOException {
        try (FileHandler handler = FileHandler.of("path", image(1535), false)) {
            assertEquals(1024, handler.size());
            assertFalse(handler.readOnly());
        }
    }

    @Test
    void shouldGiveBackTheRoomOfWhatIsDiscardedOrZeroed() throws IOException {
        Path image = image(1 << 20);
        Files.write(image, new byte[1 << 20]);
        try (FileHandler handler = FileHandler.of("path", image, false)) {
            long before = DiskUsage.of(image);
            handler.discard(0, 1 << 19);
            handler.writeZeroes(1 << 19, 1 << 19);
            assertTrue(DiskUsage.of(image) < before, "still " + DiskUsage.of(image) + " bytes");
        }
    }

    @Test
    void shouldFailToReadWhatWasCutOff() throws IOException {
        Path image = image(4096);
        try (FileHandler handler = FileHandler.of("path", image, false);
                RandomAccessFile cut = new RandomAccessFile(image.toFile(), "rw")) {
            cut.setLength(1000);
            EOFException e = assertThrows(EOFException.class, () -> handler.read(512, ByteBuffer.allocate(1024)));
            assertEquals(image + " has become shorter: it ends before offset 1000", e.getMessage());
        }
    }

    @Test
    void shouldSayThatTheDiskBelowIsFull() throws IOException {
        // Takes writes as any file does, and has room for none.
        Path full = Path.of("/dev/full");
        assertEquals(
                "path: /dev/full has 0 bytes, and a disk has 512 at least",
                assertThrows(ConfigException.class, () -> FileHandler.of("path", full, false))
                        .getMessage());
        IOException e = assertThrows(IOException.class, () -> {
            try (var channel = java.nio.channels.FileChannel.open(full, java.nio.file.StandardOpenOption.WRITE)) {
                channel.write(ByteBuffer.allocate(512), 0);
            }
        });
        assertEquals(Errno.ENOSPC, ((BlockException) FileErrors.withErrno(e)).errno());
        IOException other = new IOException("Input/output error");
        assertEquals(other, FileErrors.withErrno(other));
    }

    @Test
    void shouldSayWhatIsWrongWithThePath() {
        assertFails("handler file: path is missing; give path=PATH (the file or block device)");
        assertFails(
                "handler file: path: " + directory + "/none does not exist; create=SIZE makes it",
                "path=" + directory + "/none");
        assertFails("handler file: path: " + directory + " is a directory", "path=" + directory);
        assertFails(
                "handler file cannot be made: /nowhere/x: no such file or directory", "path=/nowhere/x", "create=1M");
    }

    @Test
    void shouldMakeTheFileUnlessItIsThere() throws Exception {
        Path image = directory.resolve("new.img");
        for (String size : List.of("1M", "2M")) {
            try (BlockHandler handler = create("path=" + image, "create=" + size)) {
                assertEquals(1 << 20, handler.size());
            }
        }
    }

    private void assertFails(String message, String... words) {
        assertEquals(
                message,
                assertThrows(ConfigException.class, () -> create(words)).getMessage());
    }

    private static BlockHandler create(String... words) {
        try (Handlers handlers = Handlers.load("")) {
            return (BlockHandler) handlers.create("file", List.of(words), List.of());
        }
    }

    private Path image(int size) throws IOException {
        return Files.write(directory.resolve("disk.img"), new byte[size]);
    }
}
