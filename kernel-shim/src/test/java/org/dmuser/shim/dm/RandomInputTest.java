package org.dmuser.shim.dm;

import static org.dmuser.shim.dm.DeviceMapperRig.path;
import static org.dmuser.shim.dm.DeviceMapperRig.sectors;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.LongStream;
import org.dmuser.channel.Errno;
import org.dmuser.shim.bio.Completion;
import org.dmuser.shim.target.user.UserTargetType;
import org.dmuser.shim.target.user.UserTargets;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random tables and messages: each is an error with a number or a success, and leaves what was there before, or a whole
 * device. The seed of a failure is in the name of the test; add it to {@link #seeds} to have it again.
 */
class RandomInputTest {
    private static final int SEEDS = 20;
    private static final int TABLES_PER_SEED = 500;
    private static final int MESSAGES_PER_TABLE = 2;
    private static final int SECTORS = 256;
    private static final long THREAD_END_MS = 120_000;

    @TempDir
    private Path directory;

    private final Queue<Throwable> faults = new ConcurrentLinkedQueue<>();
    private SplittableRandom random;
    private RandomWords words;
    private DeviceMapper mapper;
    private int made;
    private int refused;
    private int understood;

    static LongStream seeds() {
        long base = System.nanoTime();
        return LongStream.concat(LongStream.range(0, SEEDS - 4), LongStream.range(base, base + 4));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void shouldSucceedOrSayWhyNot(long seed) throws Exception {
        random = new SplittableRandom(seed);
        Path disk = Files.write(directory.resolve("disk"), new byte[SECTORS * 512]);
        Path other = Files.write(directory.resolve("other"), new byte[SECTORS * 512]);
        words = new RandomWords(
                random,
                List.of(disk.toString(), other.toString(), path("base"), "252:0"),
                List.of(path("d"), "252:1", "252:99", "/nosuch", directory.toString(), "/dev/null", "..", "4095:1"));
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        TargetTypes types = TargetTypes.load(new UserTargetType(new UserTargets(event -> {})));
        mapper = new DeviceMapper(DeviceMapperRig.RUN_DIRECTORY, types, faults::add);
        try {
            MappedDevice base = mapper.create("base");
            mapper.load("base", "0 " + SECTORS + " zero", false);
            base.resume(false);
            for (int i = 0; i < TABLES_PER_SEED; i++) {
                useTable(words.table());
                assertEquals(List.of(base), mapper.list());
                assertEquals(0, base.info().openCount());
            }
            assertFalse(isOpen(disk) || isOpen(other));
        } finally {
            mapper.close();
        }
        faults.forEach(RandomInputTest::requireExpected);
        // The words are of use only if some of them are right.
        assertTrue(made > TABLES_PER_SEED / 10 && refused > TABLES_PER_SEED / 10, made + " made, " + refused + " not");
        assertTrue(understood > 0);
        requireNoThreads(before);
    }

    private void useTable(String table) throws Exception {
        MappedDevice device = mapper.create("d");
        try {
            mapper.load("d", table, random.nextInt(4) == 0);
            made++;
        } catch (DmException e) {
            refused++;
            requireEmpty(device, e, table);
            mapper.remove("d");
            return;
        }
        assertTrue(device.info().inactive() && !device.info().live(), table);
        requireLoadable(device, TableSlot.INACTIVE);
        device.resume(false);
        assertTrue(device.info().live() && !device.info().inactive() && device.sectors() > 0, table);
        for (int i = 0; i < MESSAGES_PER_TABLE; i++) {
            message(device, words.message());
        }
        useDevice(device, table);
        mapper.remove("d");
    }

    private static void requireEmpty(MappedDevice device, DmException thrown, String table) {
        assertTrue(thrown.errno() != Errno.OK && !thrown.getMessage().isBlank(), table);
        DeviceInfo info = device.info();
        assertFalse(info.live() || info.inactive() || info.suspended(), table);
        assertEquals(0, device.sectors());
    }

    /** What is printed can be loaded again: all but what is the name of something there may be only one of. */
    private void requireLoadable(MappedDevice device, TableSlot slot) throws DmException {
        assertEquals(device.info(slot).targetCount(), device.status(slot).size());
        StringBuilder text = new StringBuilder();
        for (TableLine line : device.table(slot)) {
            if (line.type().equals("user")) {
                return;
            }
            text.append(line).append('\n');
        }
        mapper.load("d", text.toString(), false);
        assertEquals(text.toString(), text(device.table(slot)));
    }

    private static String text(List<TableLine> lines) {
        StringBuilder text = new StringBuilder();
        lines.forEach(line -> text.append(line).append('\n'));
        return text.toString();
    }

    private void message(MappedDevice device, List<String> message) {
        try {
            device.message(random.nextInt(4) == 0 ? random.nextLong() : 0, message);
            understood++;
        } catch (DmException e) {
            assertFalse(e.getMessage().isBlank());
        }
    }

    /** Bios end, by the time the device is gone at the latest. */
    private void useDevice(MappedDevice device, String table) throws Exception {
        if (table.contains("user")) {
            return;
        }
        Completion write = Completion.write(device, random.nextLong(device.sectors()), sectors(1));
        Completion read = Completion.read(device, 0, sectors(1));
        Completion flush = Completion.flush(device);
        device.suspend(random.nextBoolean());
        for (Completion completion : List.of(write, read, flush)) {
            completion.status();
        }
    }

    /** A log that is full, or on a device that fails, is told of; nothing else is anybody's fault. */
    private static void requireExpected(Throwable fault) {
        if (!String.valueOf(fault.getMessage()).contains("logging is off")) {
            throw new AssertionError("unexpected fault", fault);
        }
    }

    private static void requireNoThreads(Set<Thread> before) throws InterruptedException {
        Set<Thread> left = new HashSet<>(Thread.getAllStackTraces().keySet());
        left.removeAll(before);
        for (Thread thread : left) {
            boolean ours = thread.getName().matches("(dm|user|write-log)-.*");
            if (ours) {
                thread.join(THREAD_END_MS);
            }
            assertFalse(ours && thread.isAlive(), thread.getName());
        }
    }

    private static boolean isOpen(Path file) throws IOException {
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
            for (Path descriptor : descriptors) {
                if (file.toString().equals(linkTarget(descriptor))) {
                    return true;
                }
            }
        }
        return false;
    }

    private static String linkTarget(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (IOException e) {
            return "";
        }
    }
}
