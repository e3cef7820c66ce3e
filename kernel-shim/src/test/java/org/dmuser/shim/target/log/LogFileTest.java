package org.dmuser.shim.target.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogFileTest {
    private static final int SECTOR = 512;

    @TempDir
    private Path directory;

    /** A write of two sectors, a discard, a mark. */
    private final ByteBuffer log = ByteBuffer.allocate(7 * SECTOR).order(ByteOrder.LITTLE_ENDIAN);

    @BeforeEach
    void make() {
        new LogSuperblock(3, SECTOR).write(log);
        new LogEntry(8, 2, LogEntry.FUA, 0).write(log.slice(SECTOR, SECTOR));
        new LogEntry(16, 100, LogEntry.DISCARD, 0).write(log.slice(4 * SECTOR, SECTOR));
        new LogEntry(0, 0, LogEntry.MARK, 4).write(log.slice(5 * SECTOR, SECTOR));
        log.put(5 * SECTOR + LogEntry.HEADER_SIZE, new byte[] {'d', 'o', 'n', 'e'});
    }

    private Path file(int length) throws IOException {
        byte[] bytes = new byte[length];
        log.get(0, bytes);
        return Files.write(directory.resolve("log"), bytes);
    }

    private int readAll(Path path) throws IOException {
        int count = 0;
        try (LogFile file = LogFile.open(path)) {
            while (file.next() != null) {
                count++;
            }
        }
        return count;
    }

    @Test
    void shouldReadEntriesInOrderAndAgain() throws IOException {
        try (LogFile file = LogFile.open(file(log.capacity()))) {
            for (int i = 0; i < 2; i++) {
                assertEquals(new LogEntry(8, 2, LogEntry.FUA, 0), file.next().entry());
                assertEquals(5 * SECTOR, file.next().position());
                assertEquals("done", file.next().text());
                assertNull(file.next());
                file.rewind();
            }
        }
    }

    @Test
    void shouldNotMindTheSectorOfAFlush() throws IOException {
        new LogEntry(-64, 0, LogEntry.FLUSH, 0).write(log.slice(5 * SECTOR, SECTOR));
        assertEquals(3, readAll(file(log.capacity())));
    }

    @ParameterizedTest
    @CsvSource({
        "0, is no write log: it has 0 bytes",
        "27, is no write log: it has 27 bytes",
        "512, is damaged: entry 0 of 3: the log ends at byte 512",
        "1023, is damaged: entry 0 of 3: the log ends at byte 1023",
        "2047, is damaged: entry 0 of 3: the log ends at byte 2047",
        "2048, is damaged: entry 1 of 3: the log ends at byte 2048",
        "3071, is damaged: entry 2 of 3: the log ends at byte 3071",
    })
    void shouldSayWhereALogIsCutOff(int length, String message) throws IOException {
        Path path = file(length);
        assertEquals(3, readAll(Files.write(directory.resolve("whole"), log.array())));
        IOException thrown = assertThrows(IOException.class, () -> readAll(path));
        assertTrue(thrown.getMessage().startsWith(path + " " + message), thrown.getMessage());
    }

    @ParameterizedTest
    @CsvSource({
        "0, 1, is no write log: it begins with 0x1",
        "0, 0, is no write log: it begins with 0x0",
        "8, 2, is a write log of version 2",
        "8, -1, is a write log of version 18446744073709551615",
        "16, -1, is damaged: it says it has 18446744073709551615 entries",
        "16, 4, is damaged: entry 3 of 4: it has",
        "24, 0, is damaged: it says its sectors have 0 bytes",
        "24, 1, is damaged: it says its sectors have 1 bytes",
        "24, 513, is damaged: it says its sectors have 513 bytes",
        "24, 131072, is damaged: it says its sectors have 131072 bytes",
        "24, 4294967295, is damaged: it says its sectors have 4294967295 bytes",
        "512, -1, is damaged: entry 0 of 3: it has 2 sectors at sector 18446744073709551615",
        "520, -1, is damaged: entry 0 of 3: it has 18446744073709551615 sectors at sector 8",
        "520, 4503599627370496, is damaged: entry 0 of 3: it has 4503599627370496 sectors",
        "520, 1000, is damaged: entry 0 of 3: the log ends",
        "2584, 481, is damaged: entry 2 of 3: it is a mark of 481 bytes",
        "2584, -1, is damaged: entry 2 of 3: it is a mark of 18446744073709551615 bytes",
    })
    void shouldSayWhatIsWrong(int offset, long number, String message) throws IOException {
        // The entry behind the last one, should it be asked for.
        log.putLong(6 * SECTOR + 8, -1);
        log.putLong(offset, number);
        Path path = file(log.capacity());
        IOException thrown = assertThrows(IOException.class, () -> readAll(path));
        assertTrue(thrown.getMessage().startsWith(path + " " + message), thrown.getMessage());
    }

    @Test
    void shouldSurviveAnyBytes() throws IOException {
        SplittableRandom random = new SplittableRandom(1);
        byte[] whole = log.array().clone();
        for (int i = 0; i < 500; i++) {
            byte[] bytes = whole.clone();
            for (int j = random.nextInt(1, 20); j > 0; j--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            Path path = Files.write(directory.resolve("random"), bytes);
            try {
                readAll(path);
            } catch (IOException e) {
                assertTrue(e.getMessage().startsWith(path.toString()), e.getMessage());
            }
        }
    }
}
