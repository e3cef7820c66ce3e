package org.dmuser.tests.harness;

import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A program that writes to a device and remembers what was acknowledged. Each thread has blocks of its own; every
 * sector written holds the number of its block and the number of the write. Afterwards a sector must hold a write that
 * is not older than the last one acknowledged, and not newer than the last one tried.
 *
 * <pre>
 *   arguments   FILE OFFSET BLOCKS THREADS SEED [durable]    durable: with O_DSYNC, so each write is flushed
 *   "sync"      answered by "synced ACKNOWLEDGED FAILED" when each thread has ended a request it began after that
 *   "finish"    answered by "intact ACKNOWLEDGED FAILED", status 0, when all blocks have been read and found right
 * </pre>
 */
public final class AckWriter {
    private static final int BLOCK = 4096;
    private static final int SECTOR = 512;
    private static final PrintStream OUT =
            new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);

    private final FileChannel device;
    private final long offset;
    private final long[] acknowledged;
    private final long[] tried;
    private final AtomicLong successes = new AtomicLong();
    private final AtomicLong failures = new AtomicLong();
    private final CountDownLatch none = new CountDownLatch(0);
    private volatile CountDownLatch sync = none;
    private volatile boolean finished;

    private AckWriter(FileChannel device, long offset, int blocks) {
        this.device = device;
        this.offset = offset;
        acknowledged = new long[blocks];
        tried = new long[blocks];
    }

    /** See above. */
    public static void main(String[] arguments) throws Exception {
        Path path = Path.of(arguments[0]);
        int threads = Integer.parseInt(arguments[3]);
        Set<StandardOpenOption> how = EnumSet.of(StandardOpenOption.READ, StandardOpenOption.WRITE);
        if (arguments.length > 5) {
            how.add(StandardOpenOption.DSYNC);
        }
        try (FileChannel device = FileChannel.open(path, how)) {
            new AckWriter(device, Long.parseLong(arguments[1]), Integer.parseInt(arguments[2]))
                    .run(threads, Long.parseLong(arguments[4]));
        }
    }

    private void run(int threads, long seed) throws Exception {
        List<Thread> workers = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            int first = i;
            Thread worker = new Thread(() -> work(first, threads, new Random(seed + first)));
            worker.start();
            workers.add(worker);
        }
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        OUT.println("writing");
        String line = in.readLine();
        while (line != null && !line.equals("finish")) {
            CountDownLatch all = new CountDownLatch(threads);
            sync = all;
            all.await();
            OUT.println("synced " + successes + " " + failures);
            line = in.readLine();
        }
        finished = true;
        for (Thread worker : workers) {
            worker.join();
        }
        verifyAll();
        OUT.println("intact " + successes + " " + failures);
    }

    private void work(int first, int threads, Random random) {
        ByteBuffer data = ByteBuffer.allocateDirect(BLOCK);
        CountDownLatch seen = none;
        int blocks = (acknowledged.length - first + threads - 1) / threads;
        while (!finished) {
            CountDownLatch asked = sync;
            int block = first + threads * random.nextInt(blocks);
            try {
                if (random.nextInt(4) == 0) {
                    verify(block, data);
                } else {
                    write(block, data);
                }
                successes.incrementAndGet();
            } catch (IOException e) {
                requireInputOutputError(e);
                failures.incrementAndGet();
            }
            if (asked != seen) {
                asked.countDown();
                seen = asked;
            }
        }
    }

    private void write(int block, ByteBuffer data) throws IOException {
        long version = ++tried[block];
        data.clear();
        while (data.hasRemaining()) {
            data.putLong(data.position() % SECTOR == 0 ? block : version);
        }
        data.flip();
        int count = device.write(data, position(block));
        if (count != BLOCK) {
            throw new IOException("wrote " + count + " bytes instead of " + BLOCK);
        }
        acknowledged[block] = version;
    }

    private void verify(int block, ByteBuffer data) throws IOException {
        data.clear();
        int count = device.read(data, position(block));
        if (count != BLOCK) {
            throw new IOException("read " + count + " bytes instead of " + BLOCK);
        }
        for (int sector = 0; sector < BLOCK; sector += SECTOR) {
            long number = data.getLong(sector);
            long version = data.getLong(sector + Long.BYTES);
            for (int i = sector + Long.BYTES; i < sector + SECTOR; i += Long.BYTES) {
                if (data.getLong(i) != version) {
                    fail("block " + block + " has a torn sector at " + sector);
                }
            }
            boolean numbered = number == block || version == 0 && number == 0;
            if (!numbered || version < acknowledged[block] || version > tried[block]) {
                fail("block " + block + ", sector at " + sector + ": holds write " + version + " of block " + number
                        + ", but " + acknowledged[block] + " was acknowledged and " + tried[block] + " tried");
            }
        }
    }

    private void verifyAll() throws IOException {
        ByteBuffer data = ByteBuffer.allocateDirect(BLOCK);
        for (int block = 0; block < acknowledged.length; block++) {
            verify(block, data);
        }
    }

    private long position(int block) {
        return offset + (long) block * BLOCK;
    }

    private static void requireInputOutputError(IOException e) {
        if (!"Input/output error".equals(e.getMessage())) {
            fail("an error that no device of ours should give: " + e);
        }
    }

    private static void fail(String problem) {
        OUT.println("WRONG: " + problem);
        Runtime.getRuntime().halt(1);
    }
}
