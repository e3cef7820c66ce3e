package org.dmuser.shim.file;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.dmuser.channel.Errno;
import org.dmuser.shim.bio.BioOp;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Threads that write next to each other, each of which must find what it wrote last. */
final class BlockFileConcurrencyTest {
    private static final int SIZE = 64 * 1024;
    private static final int ROUNDS = 3000;

    /** Fewer rounds on a machine where each yield is a wait for a processor that others want, too. */
    private final long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);

    /** Dawdles before a write, which is where a read-modify-write can be overtaken. */
    private final MemoryDevice device = new MemoryDevice(SIZE).forgetful().verdict(bio -> {
        if (bio.op() == BioOp.WRITE) {
            Thread.yield();
        }
        return Errno.OK;
    });

    private final BlockFile file = new BlockFile(device);

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void shouldLoseNoUpdateBesideAReadModifyWrite(long seed) throws Exception {
        // Sectors 0 to 3: whole sectors belong to one writer, but for the odd bytes that two others write into them.
        run(List.of(
                () -> writeAligned(seed),
                () -> writeBytes(seed + 1, 100, 50),
                () -> writeBytes(seed + 2, 200, 700),
                () -> writeBytes(seed + 3, 1300, 200)));
    }

    /** Writes sectors 0 to 3, or zeroes them, and looks at bytes that nobody else writes. */
    private Void writeAligned(long seed) {
        Random random = new Random(seed);
        IoContext context = context();
        ByteBuffer data = ByteBuffer.allocateDirect(2048);
        for (int round = 0; goesOn(round); round++) {
            byte value = (byte) random.nextInt();
            if (round % 3 == 0) {
                value = 0;
                assertEquals(Errno.OK, file.writeZeroes(context, 0, 2048, true));
            } else {
                fill(data, 2048, value);
                assertEquals(2048, file.write(context, 0, data, 2048, false));
            }
            for (int untouched : new int[] {0, 99, 160, 950, 1100, 1550, 2047}) {
                file.read(context, untouched, data, 1);
                assertEquals(value, data.get(0), "byte " + untouched + " in round " + round);
            }
        }
        return null;
    }

    /**
     * Writes bytes that the aligned writer overwrites at any time, so that only bytes in sector 4 and up, which this
     * one shares with the other unaligned writers alone, can be checked.
     */
    private Void writeBytes(long seed, int offset, int length) {
        Random random = new Random(seed);
        IoContext context = context();
        ByteBuffer data = ByteBuffer.allocateDirect(length);
        for (int round = 0; goesOn(round); round++) {
            byte value = (byte) random.nextInt();
            fill(data, length, value);
            file.write(context, offset, data, length, false);
            fill(data, length, value);
            file.write(context, 2048 + offset, data, length, false);
            file.read(context, 2048 + offset, data, length);
            for (int i = 0; i < length; i++) {
                assertEquals(value, data.get(i), "byte " + (2048 + offset + i) + " in round " + round);
            }
        }
        return null;
    }

    private boolean goesOn(int round) {
        return round < ROUNDS && System.nanoTime() - endNs < 0;
    }

    private static IoContext context() {
        return new IoContext(e -> {
            throw new AssertionError(e);
        });
    }

    private static void fill(ByteBuffer data, int length, byte value) {
        for (int i = 0; i < length; i++) {
            data.put(i, value);
        }
    }

    private static void run(List<Callable<Void>> tasks) throws Exception {
        ExecutorService executor = Executors.newFixedThreadPool(tasks.size());
        try {
            List<Future<Void>> futures = new ArrayList<>();
            for (Callable<Void> task : tasks) {
                futures.add(executor.submit(task));
            }
            for (Future<Void> future : futures) {
                future.get();
            }
        } finally {
            executor.shutdownNow();
        }
    }
}
