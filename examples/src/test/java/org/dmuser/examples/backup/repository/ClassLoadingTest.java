package org.dmuser.examples.backup.repository;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.dmuser.examples.backup.moment.FrozenDevice;
import org.dmuser.examples.backup.moment.FrozenDevices;
import org.dmuser.examples.backup.repository.crypto.Key;
import org.dmuser.examples.backup.repository.storage.LocalStorage;
import org.dmuser.examples.backup.repository.storage.Storages;
import org.dmuser.examples.backup.tracking.TrackingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a plain local repository does not need is not loaded: it would take longer than the work itself. */
class ClassLoadingTest {
    private static final Pattern UNWANTED =
            Pattern.compile(" (javax\\.crypto|org\\.bouncycastle|software\\.amazon|jdk\\.internal\\.logger\\.Lazy)");

    @TempDir
    private Path directory;

    @Test
    void shouldLoadNoCryptographyNoS3AndNoLoggingForALocalRepository() throws Exception {
        Path origin = Files.write(directory.resolve("origin"), new byte[1 << 20]);
        Path tracking = directory.resolve("tracking");
        TrackingFile.open(tracking, origin, 1 << 20).close();
        try (Repository repository = Repository.create(new LocalStorage(directory), Key.NONE)) {
            repository.lock(LockKind.WRITE);
            Images.store(repository, Images.mixed(300_000, 1));
        }
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xlog:class+load",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ClassLoadingTest.class.getName(),
                        directory.toString(),
                        tracking.toString())
                .redirectErrorStream(true)
                .start();
        try (BufferedReader output = new BufferedReader(new InputStreamReader(process.getInputStream()))) {
            List<String> lines = output.lines().toList();
            assertEquals(0, process.waitFor());
            assertTrue(lines.stream().anyMatch(line -> line.contains(ChunkReader.class.getName())));
            assertEquals(
                    List.of(),
                    lines.stream().filter(line -> UNWANTED.matcher(line).find()).toList());
        } finally {
            process.destroyForcibly();
        }
    }

    /** Reads the first chunk of the latest point, and freezes a device that nobody serves. */
    public static void main(String[] arguments) throws IOException {
        try (Repository repository = Repository.open(Storages.open(arguments[0]), Key.NONE)) {
            repository.lock(LockKind.READ);
            Images.assertHolds(repository, repository.points().find("latest"), Images.mixed(300_000, 1));
        }
        try (FrozenDevice device = FrozenDevices.freeze(Path.of(arguments[1]), List.of())) {
            assertEquals(1 << 20, device.size());
        }
    }
}
