package org.dmuser.cli.demo;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import org.dmuser.cli.base.CliException;

/**
 * Threads that replace files as a careful program does: write a new one, make it durable, give it the old one's name,
 * make that durable. Whoever reads such a file finds one whole version of it, whenever the power was cut or a backup
 * made; each says which file and version it is, and the rest of it follows from that.
 */
final class FileLoad {
    /**
     * A span of time: a file is at least the version that was durable when it began, and none that was begun when it
     * had ended.
     *
     * @param oldest by number of the file; 0 for one that there may not be yet
     * @param newest by number of the file
     */
    record Window(int[] oldest, int[] newest) {}

    private static final int WRITERS = 3;
    private static final int FILES_EACH = 40;
    private static final int HEADER = 2 * Integer.BYTES;
    private static final int SIZE_MAX = 32 << 10;
    private static final long JOIN_TIMEOUT_MS = 30_000;

    private final Path directory;
    private final List<Thread> writers = new ArrayList<>();
    private final AtomicIntegerArray begun = new AtomicIntegerArray(WRITERS * FILES_EACH);
    private final AtomicIntegerArray durable = new AtomicIntegerArray(WRITERS * FILES_EACH);
    private final AtomicLong replaced = new AtomicLong();
    private volatile boolean stopping;
    private volatile IOException failure;

    FileLoad(Path directory) {
        this.directory = directory;
        for (int i = 0; i < WRITERS; i++) {
            int first = i * FILES_EACH;
            Thread writer = new Thread(() -> work(first), "writer-" + i);
            writer.setDaemon(true);
            writers.add(writer);
        }
    }

    void start() throws IOException {
        Files.createDirectory(directory);
        writers.forEach(Thread::start);
    }

    int writerCount() {
        return WRITERS;
    }

    /** How often a file was replaced. */
    long replaced() {
        return replaced.get();
    }

    /** What is durable now. */
    int[] durable() {
        return copy(durable);
    }

    /** What has been begun now. */
    int[] begun() {
        return copy(begun);
    }

    private static int[] copy(AtomicIntegerArray versions) {
        int[] copy = new int[versions.length()];
        for (int i = 0; i < copy.length; i++) {
            copy[i] = versions.get(i);
        }
        return copy;
    }

    void requireNoFailure() {
        if (failure != null) {
            throw new CliException("a writer failed", failure);
        }
    }

    /** Has every writer end; one that hangs is left to itself. */
    void stop() throws InterruptedException {
        stopping = true;
        long deadlineNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(JOIN_TIMEOUT_MS);
        for (Thread writer : writers) {
            writer.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(deadlineNs - System.nanoTime())));
            if (writer.isAlive()) {
                throw new CliException("a writer hangs");
            }
        }
    }

    private void work(int first) {
        SplittableRandom random = new SplittableRandom(first);
        try (FileChannel names = FileChannel.open(directory, StandardOpenOption.READ)) {
            while (!stopping) {
                int number = first + random.nextInt(FILES_EACH);
                replace(number, begun.incrementAndGet(number), names);
                durable.set(number, begun.get(number));
                replaced.incrementAndGet();
            }
        } catch (IOException e) {
            failure = e;
        }
    }

    private void replace(int number, int version, FileChannel names) throws IOException {
        Path fresh = directory.resolve(number + ".new");
        try (FileChannel file = FileChannel.open(
                fresh, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            file.write(content(number, version));
            file.force(true);
        }
        Files.move(fresh, directory.resolve(Integer.toString(number)), StandardCopyOption.ATOMIC_MOVE);
        names.force(true);
    }

    private static ByteBuffer content(int number, int version) {
        SplittableRandom random = new SplittableRandom((long) number << Integer.SIZE | version);
        byte[] bytes = new byte[HEADER + random.nextInt(SIZE_MAX)];
        random.nextBytes(bytes);
        return ByteBuffer.wrap(bytes).putInt(number).putInt(version).rewind();
    }

    /**
     * Reads what there is of the files in a directory, which is that of a copy of the disk.
     *
     * @return how many there are
     * @throws CliException if one is missing, damaged, too old or too new
     */
    static int verify(Path directory, Window window) throws IOException {
        int count = 0;
        for (int number = 0; number < window.oldest().length; number++) {
            Path file = directory.resolve(Integer.toString(number));
            if (Files.exists(file)) {
                verify(file, number, window);
                count++;
            } else if (window.oldest()[number] > 0) {
                throw new CliException(file + " is missing: it was durable before the backup began");
            }
        }
        return count;
    }

    private static void verify(Path file, int number, Window window) throws IOException {
        ByteBuffer found = ByteBuffer.wrap(Files.readAllBytes(file));
        int version = found.remaining() < HEADER ? 0 : found.getInt(Integer.BYTES);
        if (!found.equals(content(number, version))) {
            throw new CliException(file + " is not a whole version of itself");
        }
        if (version < window.oldest()[number] || version > window.newest()[number]) {
            throw new CliException(file + " is version " + version + "; " + window.oldest()[number]
                    + " was durable before the backup, and " + window.newest()[number] + " begun after it");
        }
    }
}
