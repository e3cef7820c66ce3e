package org.dmuser.examples.backup.tracking;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Several open one tracking file at the same time, which has to be made, or made anew. */
class TrackingFileRaceTest {
    private static final int SIZE = 1 << 20;
    private static final int OPENERS = 4;
    private static final int ROUNDS = 60;

    @TempDir
    private Path directory;

    private final ExecutorService threads = Executors.newFixedThreadPool(OPENERS);
    private final CyclicBarrier start = new CyclicBarrier(OPENERS);

    @AfterEach
    void end() throws InterruptedException {
        threads.shutdownNow();
        assertTrue(threads.awaitTermination(120, TimeUnit.SECONDS));
    }

    @ParameterizedTest(name = "cut off: {0}")
    @ValueSource(booleans = {false, true})
    void shouldBelongToOne(boolean cutOff) throws Exception {
        Path origin = Files.write(directory.resolve("disk.img"), new byte[SIZE]);
        Path path = directory.resolve("disk.tracking");
        TrackingFile.open(path, origin, SIZE).close();
        for (int round = 0; round < ROUNDS; round++) {
            if (cutOff) {
                try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
                    file.setLength(5000);
                }
            } else {
                Files.delete(path);
            }
            List<TrackingFile> opened = open(path, origin);
            assertEquals(1, opened.size(), "in round " + round);
            assertEquals(1, TrackingView.open(path).orElseThrow().era());
            opened.get(0).close();
            TrackingFile again = TrackingFile.open(path, origin, SIZE);
            assertEquals("", again.stale());
            again.close();
        }
    }

    private List<TrackingFile> open(Path path, Path origin) throws Exception {
        List<Future<TrackingFile>> openers = new ArrayList<>();
        for (int i = 0; i < OPENERS; i++) {
            openers.add(threads.submit(() -> tryOpen(path, origin)));
        }
        List<TrackingFile> opened = new ArrayList<>();
        for (Future<TrackingFile> opener : openers) {
            if (opener.get() != null) {
                opened.add(opener.get());
            }
        }
        return opened;
    }

    /** Null if somebody else has it. */
    private TrackingFile tryOpen(Path path, Path origin) throws Exception {
        start.await();
        try {
            return TrackingFile.open(path, origin, SIZE);
        } catch (DeviceInUseException e) {
            return null;
        }
    }
}
