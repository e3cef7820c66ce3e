package org.dmuser.sdk.file;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.dmuser.channel.Errno;
import org.dmuser.sdk.BlockException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileSpaceTest {
    private static final int SIZE = 1 << 20;

    @TempDir
    private Path directory;

    private Path file() throws IOException {
        byte[] ones = new byte[SIZE];
        Arrays.fill(ones, (byte) 1);
        return Files.write(directory.resolve("file"), ones);
    }

    @Test
    void shouldReadAsZerosWhereAHoleIsPunched() throws IOException {
        Path file = file();
        byte[] expected = Files.readAllBytes(file);
        Arrays.fill(expected, 1000, SIZE - 1000, (byte) 0);
        try (FileSpace space = FileSpace.open(file)) {
            space.punch(1000, SIZE - 2000);
        }
        assertArrayEquals(expected, Files.readAllBytes(file));
    }

    @Test
    void shouldTellHolesFromData() throws IOException {
        Path file = file();
        try (FileSpace space = FileSpace.open(file)) {
            space.punch(SIZE / 4, SIZE / 4);
        }
        try (FileSpace space = FileSpace.openForReading(file)) {
            assertTrue(space.isHole(SIZE / 4, SIZE / 4));
            assertTrue(space.isHole(SIZE / 2 - 8192, 4096));
            assertFalse(space.isHole(SIZE / 4, SIZE / 4 + 1));
            assertFalse(space.isHole(0, 4096));
            assertFalse(space.isHole(SIZE - 4096, 4096));
            assertFalse(space.isHole(SIZE, 4096), "what is behind the end");
        }
    }

    @Test
    void shouldKeepWhatIsThereWhenRoomIsMade() throws IOException {
        Path file = file();
        try (FileSpace space = FileSpace.open(file)) {
            space.allocate(SIZE / 2, SIZE);
        }
        byte[] now = Files.readAllBytes(file);
        assertEquals(SIZE + SIZE / 2, now.length);
        assertEquals(1, now[SIZE - 1]);
        assertEquals(0, now[SIZE]);
    }

    @Test
    void shouldSayWhatIsWrong() throws IOException {
        Path missing = directory.resolve("missing");
        BlockException absent = assertThrows(BlockException.class, () -> FileSpace.open(missing));
        assertEquals(Errno.ENOENT, absent.errno());
        assertTrue(absent.getMessage().contains(missing.toString()));
        try (FileSpace space = FileSpace.open(file())) {
            assertEquals(
                    Errno.EINVAL,
                    assertThrows(BlockException.class, () -> space.punch(0, 0)).errno());
        }
    }

    @Test
    void shouldKnowAFullDisk() {
        IOException full = new IOException("No space left on device");
        assertTrue(FileErrors.isFull(full));
        assertTrue(FileErrors.isFull(FileErrors.withErrno(full)));
        IOException other = new IOException("other");
        assertSame(other, FileErrors.withErrno(other));
    }
}
