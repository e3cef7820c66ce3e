package org.dmuser.cli.demo;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.dmuser.cli.base.CliException;

/**
 * Threads that write to a device and remember what was acknowledged. Each has blocks of its own and writes into one of
 * them, chosen at random, over and over: in every 8 bytes the number of the block and how often it was written.
 */
final class WriteLoad {
    private static final int WRITERS = 8;
    private static final int BLOCK_SIZE = 4096;
    private static final int BLOCKS_EACH = 2048;
    private static final long JOIN_TIMEOUT_MS = 30_000;

    private final Path device;
    private final List<Writer> writers = new ArrayList<>();
    private final AtomicLong acknowledged = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private volatile boolean stopping;
    private volatile IOException firstFailure;

    WriteLoad(Path device) {
        this.device = device;
        for (int i = 0; i < WRITERS; i++) {
            writers.add(new Writer(i));
        }
    }

    void start() {
        writers.forEach(Thread::start);
    }

    int writerCount() {
        return WRITERS;
    }

    long acknowledged() {
        return acknowledged.get();
    }

    /** Writes that ended with an error. */
    long failed() {
        return failed.get();
    }

    /** What the first error said; null if there was none. */
    String failure() {
        IOException failure = firstFailure;
        return failure == null ? null : failure.getMessage();
    }

    /** Has every writer end after the write it is at, which may have to wait for a daemon. */
    void requestStop() {
        stopping = true;
    }

    /** Lets every writer finish its write; false if one hangs. */
    boolean stop() throws InterruptedException {
        requestStop();
        long deadlineNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(JOIN_TIMEOUT_MS);
        boolean ended = true;
        for (Writer writer : writers) {
            writer.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(deadlineNs - System.nanoTime())));
            ended &= !writer.isAlive();
        }
        return ended;
    }

    /**
     * Reads every block that was written.
     *
     * @return how many there are
     * @throws CliException if one is not as it was acknowledged last, nor as a write that failed would have it
     */
    long verify() throws IOException {
        long count = 0;
        try (FileChannel file = FileChannel.open(device, StandardOpenOption.READ)) {
            ByteBuffer block = ByteBuffer.allocateDirect(BLOCK_SIZE);
            for (Writer writer : writers) {
                count += writer.verify(file, block);
            }
        }
        return count;
    }

    private final class Writer extends Thread {
        private final int first;
        private final int[] acknowledgedVersions = new int[BLOCKS_EACH];

        /** Of the last write that failed: it may or may not have been done, in whole or in part. */
        private final int[] doubtfulVersions = new int[BLOCKS_EACH];

        Writer(int number) {
            super("writer-" + number);
            first = number * BLOCKS_EACH;
            setDaemon(true);
        }

        @Override
        public void run() {
            SplittableRandom random = new SplittableRandom(first);
            ByteBuffer block = ByteBuffer.allocateDirect(BLOCK_SIZE);
            try (FileChannel file = FileChannel.open(device, StandardOpenOption.WRITE)) {
                for (int version = 1; !stopping; version++) {
                    int index = random.nextInt(BLOCKS_EACH);
                    fill(block, index, version);
                    write(file, block, index, version);
                }
            } catch (IOException e) {
                note(e);
            }
        }

        private void write(FileChannel file, ByteBuffer block, int index, int version) {
            try {
                file.write(block, offset(index));
                acknowledgedVersions[index] = version;
                doubtfulVersions[index] = 0;
                acknowledged.incrementAndGet();
            } catch (IOException e) {
                doubtfulVersions[index] = version;
                note(e);
            }
        }

        private void note(IOException e) {
            failed.incrementAndGet();
            if (firstFailure == null) {
                firstFailure = e;
            }
        }

        private long offset(int index) {
            return (long) (first + index) * BLOCK_SIZE;
        }

        private void fill(ByteBuffer block, int index, int version) {
            block.clear();
            while (block.hasRemaining()) {
                block.putInt(first + index).putInt(version);
            }
            block.flip();
        }

        private long verify(FileChannel file, ByteBuffer block) throws IOException {
            long count = 0;
            for (int index = 0; index < BLOCKS_EACH; index++) {
                if (acknowledgedVersions[index] != 0) {
                    file.read(block.clear(), offset(index));
                    check(block.flip(), index);
                    count++;
                }
            }
            return count;
        }

        private void check(ByteBuffer block, int index) {
            while (block.hasRemaining()) {
                int number = block.getInt();
                int version = block.getInt();
                boolean known = version == acknowledgedVersions[index]
                        || doubtfulVersions[index] != 0 && version == doubtfulVersions[index];
                if (number != first + index || !known) {
                    throw new CliException("block " + (first + index) + " holds version " + version + " of block "
                            + number + ", and version " + acknowledgedVersions[index] + " was acknowledged");
                }
            }
        }
    }
}
