package org.dmuser.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.dmuser.cli.base.StopSignal;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code dmuser replay-log}, on a log with sectors of 1024 bytes, which is not one of ours. */
final class ReplayLogTest {
    private static final int SECTOR = 1024;
    private static final int FLUSH = 1;
    private static final int FUA = 2;
    private static final int DISCARD = 4;
    private static final int MARK = 8;

    @TempDir
    private Path directory;

    private final ByteBuffer log = ByteBuffer.allocate(64 * SECTOR).order(ByteOrder.LITTLE_ENDIAN);
    private int entries;

    /** What a command printed, and its status. */
    private record Ended(int status, String out, String errors) {}

    private static Ended run(String... words) {
        PrintStream outBefore = System.out;
        PrintStream errBefore = System.err;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream errors = new ByteArrayOutputStream();
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(errors, true, StandardCharsets.UTF_8));
        try {
            int status = Dmuser.run(words);
            return new Ended(status, out.toString(StandardCharsets.UTF_8), errors.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(outBefore);
            System.setErr(errBefore);
        }
    }

    @AfterAll
    static void letGoOfTheStopSignal() {
        StopSignal.finish(0);
    }

    @BeforeEach
    void writeLog() throws IOException {
        log.position(SECTOR);
        entry(0, 0, MARK, "begin");
        entry(1, 2, 0, "");
        entry(0, 0, FLUSH, "");
        entry(3, 1, FUA, "");
        entry(0, 0, MARK, "middle");
        entry(0, 2, DISCARD, "");
        entry(5, 1, 16, "");
        entry(-64, 0, FLUSH, "");
        entry(0, 0, MARK, "end");
        log.putLong(0, 0x6a736677736872L).putLong(8, 1).putLong(16, entries).putInt(24, SECTOR);
        Files.write(path("log"), log.array());
        byte[] disk = new byte[8 * SECTOR];
        Arrays.fill(disk, (byte) 9);
        Files.write(path("disk"), disk);
    }

    /** Its data is its number, in every byte. */
    private void entry(long sector, long sectors, long flags, String text) {
        int start = log.position();
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        log.putLong(sector)
                .putLong(sectors)
                .putLong(flags)
                .putLong(bytes.length)
                .put(bytes);
        log.position(start + SECTOR);
        if (flags != DISCARD) {
            for (int i = 0; i < sectors * SECTOR; i++) {
                log.put((byte) entries);
            }
        }
        entries++;
    }

    private Path path(String name) {
        return directory.resolve(name);
    }

    private Ended replay(String... more) {
        String[] words = {"replay-log", path("log").toString(), path("disk").toString()};
        String[] all = Arrays.copyOf(words, words.length + more.length);
        System.arraycopy(more, 0, all, words.length, more.length);
        return run(all);
    }

    /** A digit for each sector of the disk. */
    private String disk() throws IOException {
        byte[] bytes = Files.readAllBytes(path("disk"));
        StringBuilder digits = new StringBuilder();
        for (int i = 0; i < bytes.length; i += SECTOR) {
            byte[] same = new byte[SECTOR];
            Arrays.fill(same, bytes[i]);
            assertArrayEquals(same, Arrays.copyOfRange(bytes, i, i + SECTOR));
            digits.append(bytes[i]);
        }
        return digits.toString();
    }

    @ParameterizedTest
    @CsvSource({
        "'', 00139699",
        "--to 2, 91199999",
        "--to-mark middle, 91139999",
        "--to-next fua, 91139999",
        "--to-next flush, 91199999",
        "--from 3, 00939699",
        "--from-mark middle, 00999699",
        "--from-mark middle --to-next flush, 00999699",
        "--from 3 --to 5, 00939999",
        "--no-discard, 91139699",
        "--from-mark end, 99999999",
    })
    void shouldReplayWhatIsMeant(String options, String expected) throws IOException {
        Ended ended = replay(options.isEmpty() ? new String[0] : options.split(" "));
        assertEquals(0, ended.status(), ended.errors());
        assertEquals(expected, disk());
    }

    @Test
    void shouldSayWhatIsInALog() {
        String expected = "9 entries, sectors of 1024 bytes\n"
                + "entries 0 to 8: 3 writes of 4.00 KiB, 1 discard of 2.00 KiB, 2 flushes, 1 with FUA, 3 marks\n"
                + "they need a disk of 6144 bytes\n"
                + "mark at entry 0: begin\nmark at entry 4: middle\nmark at entry 8: end\n";
        assertEquals(expected, run("replay-log", path("log").toString()).out());
        assertEquals(
                "     entry      sector     sectors  flags\n"
                        + "         5           0           2  discard\n"
                        + "         6           5           1  metadata\n"
                        + "         7           0           0  flush\n",
                run("replay-log", path("log").toString(), "--list", "--from-mark", "middle", "--to", "7")
                        .out());
        assertEquals(
                "[{\"entry\": 4, \"sector\": 0, \"sectors\": 0, \"flags\": [\"mark\"], \"text\": \"middle\"}]\n",
                run("replay-log", path("log").toString(), "--list", "--json", "--from", "4", "--to", "4")
                        .out());
        assertEquals(
                "7\n",
                run("replay-log", path("log").toString(), "--find", "--from", "3", "--to-next", "FLUSH")
                        .out());
    }

    @ParameterizedTest
    @CsvSource({
        "flush, '2 7 '",
        "fua, '3 '",
        "mark, '0 4 8 '",
        "4, '3 7 '",
        "'fua,mark', '0 3 4 8 '",
        "'', '2 3 7 '",
    })
    void shouldCheckAtEachMoment(String every, String expected) throws IOException {
        Path asked = path("asked");
        String command = "test -s \"$1\" && printf '%s ' $2 >>'" + asked + "'";
        Ended ended = every.isEmpty() ? replay("--check", command) : replay("--check", command, "--every", every);
        assertEquals(0, ended.status(), ended.errors());
        assertEquals(expected, Files.readString(asked));
        int count = expected.strip().split(" ").length;
        assertTrue(ended.out().endsWith("; " + count + (count == 1 ? " check" : " checks") + " passed\n"), ended.out());
    }

    @Test
    void shouldEndWithTheFirstCheckThatFails() throws IOException {
        Ended ended = replay("--check", "echo no good; test $2 -lt 3");
        assertEquals(3, ended.status());
        assertEquals(
                "dmuser: after entry 3 (fua) the check failed with status 1: no good; " + path("disk")
                        + " is as it was then\n",
                ended.errors());
        assertEquals("91139999", disk());
    }

    /** Whoever opens one waits until somebody has the other end open. */
    @Test
    void shouldNotWaitForAPipe() throws Exception {
        Path pipe = path("pipe");
        assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
        for (Ended ended : List.of(
                run("replay-log", pipe.toString()),
                run("replay-log", path("log").toString(), pipe.toString()))) {
            assertEquals(1, ended.status());
            assertTrue(ended.errors().startsWith("dmuser: " + pipe + " is no file that has an end"), ended.errors());
        }
    }

    @Test
    void shouldSayThatAnEmptyWordIsNoPath() {
        for (Ended ended :
                List.of(run("replay-log", ""), run("replay-log", path("log").toString(), ""))) {
            assertEquals(2, ended.status());
            assertTrue(ended.errors().startsWith("dmuser: an empty word is no path"), ended.errors());
        }
    }

    @Test
    void shouldRefuseACheckThatChecksNothing() throws IOException {
        Ended ended = replay("--check", " ");
        assertEquals(2, ended.status());
        assertEquals("dmuser: --check: an empty command would pass every time\n", ended.errors());
        assertEquals("99999999", disk());
    }

    @Test
    void shouldSayOnceHowACheckEnded() {
        Ended ended = replay("--check", "exit 5");
        assertEquals(
                "dmuser: after entry 2 (flush) the check failed with status 5; " + path("disk")
                        + " is as it was then\n",
                ended.errors());
    }

    @ParameterizedTest
    @CsvSource({
        "2, --from 9, --from 9 is no entry of",
        "2, --from -1, --from -1 is no entry of",
        "2, --to 9, --to 9 is no entry of",
        "2, --from 5 --to 3, '--to 3 is before the first entry, 5'",
        "2, --from 1 --from-mark begin, --from and --from-mark exclude each other",
        "2, --to 1 --to-next fua, '--to, --to-mark and --to-next exclude each other'",
        "2, --to-next discard, Invalid value for option '--to-next'",
        "2, --list, '--find, --list and --json only look at the log'",
        "2, --every 3, --every goes with --check",
        "2, --check true --every 0, --every: '0' is not flush",
        "2, --check true --every never, --every: 'never' is not flush",
        "2, '--check true --every flush,', --every: '' is not flush",
        "1, --to-mark nowhere, has no mark 'nowhere' from entry 0 on",
        "1, --from-mark nowhere, has no mark 'nowhere':",
        "1, --from 4 --to-next fua, has no fua from entry 4 on",
    })
    void shouldRefuseWhatMakesNoSense(int status, String options, String error) throws IOException {
        Ended ended = replay(options.split(" "));
        assertEquals(status, ended.status(), ended.errors());
        assertTrue(ended.errors().contains(error), ended.errors());
        assertEquals(1, ended.errors().lines().count(), ended.errors());
        assertEquals("99999999", disk());
    }

    @Test
    void shouldWriteNothingWhereTheLogDoesNotFit() throws IOException {
        Files.write(path("small"), new byte[6 * SECTOR - 1]);
        Files.write(path("cut"), Arrays.copyOf(log.array(), 10 * SECTOR));
        String log = path("log").toString();
        String disk = path("disk").toString();
        for (List<String> words : List.of(
                List.of(log, path("small").toString(), "has 6143 bytes, and the log writes up to byte 6144"),
                List.of(log, path("none").toString(), "is not there: 'truncate -s 6144"),
                List.of(log, directory.toString(), "is a directory"),
                List.of(log, log, "is the log itself"),
                List.of(path("cut").toString(), disk, "is damaged: entry 6 of 9"),
                List.of(disk, disk, "is no write log"),
                List.of(path("none").toString(), disk, "no such file"),
                List.of(directory.toString(), disk, "is a directory"),
                List.of("/dev/zero", disk, "is no file that has an end: name the log"),
                List.of(log, "/dev/zero", "is no file that has an end: name what the log is to be replayed on"))) {
            Ended ended = run("replay-log", words.get(0), words.get(1));
            assertEquals(1, ended.status());
            assertTrue(ended.errors().contains(words.get(2)), ended.errors());
            assertEquals(1, ended.errors().lines().count(), ended.errors());
        }
        assertEquals("99999999", disk());
        assertArrayEquals(this.log.array(), Files.readAllBytes(path("log")));
    }
}
