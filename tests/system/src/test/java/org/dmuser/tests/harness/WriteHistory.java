package org.dmuser.tests.harness;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Arrays;
import java.util.BitSet;
import java.util.SplittableRandom;

/**
 * A thread that writes its own blocks of a device, one after another and by chance, and remembers what it did. Writes
 * are numbered from 1, and each sector says of which block and write it is:
 *
 * <pre>
 *   0  8  number of the block
 *   8  8  number of the write, 0 in a sector never written, which is all zeros
 *  16     what follows from both and from where in the block it is
 * </pre>
 *
 * <p>As the next write begins when the last one has returned, an image of one moment has all writes up to some number,
 * and none that came later; of a write that failed, any of its sectors.
 */
final class WriteHistory implements Runnable {
    /** An image is not what it should be. */
    static final class WrongException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        WrongException(String message) {
            super(message);
        }
    }

    private static final int BLOCK = 4096;
    private static final int SECTOR = 512;

    private final FileChannel device;
    private final int first;
    private final int step;
    private final int blocks;
    private final SplittableRandom random;
    private volatile boolean finished;

    /** By number of the write; guarded by this. */
    private int[] blockOf = new int[1024];

    /** By number of the write; guarded by this. */
    private final BitSet acknowledged = new BitSet();

    private int begun;
    private int lastAcknowledged;
    private long failed;

    WriteHistory(FileChannel device, int first, int step, int blocks, long seed) {
        this.device = device;
        this.first = first;
        this.step = step;
        this.blocks = blocks;
        this.random = new SplittableRandom(seed);
    }

    @Override
    public void run() {
        ByteBuffer data = ByteBuffer.allocateDirect(BLOCK);
        int own = (blocks - first + step - 1) / step;
        while (!finished) {
            int block = first + step * random.nextInt(own);
            int number = begin(block);
            fill(data.clear(), block, number);
            try {
                device.write(data.flip(), (long) block * BLOCK);
                acknowledge(number);
            } catch (IOException e) {
                fail();
            }
        }
    }

    void finish() {
        finished = true;
    }

    private synchronized int begin(int block) {
        begun++;
        if (begun == blockOf.length) {
            blockOf = Arrays.copyOf(blockOf, 2 * begun);
        }
        blockOf[begun] = block;
        return begun;
    }

    private synchronized void acknowledge(int number) {
        acknowledged.set(number);
        lastAcknowledged = number;
    }

    private synchronized void fail() {
        failed++;
    }

    synchronized int begun() {
        return begun;
    }

    synchronized int lastAcknowledged() {
        return lastAcknowledged;
    }

    synchronized long acknowledged() {
        return acknowledged.cardinality();
    }

    synchronized long failed() {
        return failed;
    }

    /** The newest write that any sector of an image is of. */
    int newest(FileChannel image) throws IOException {
        ByteBuffer data = ByteBuffer.allocate(BLOCK);
        long newest = 0;
        for (int block = first; block < blocks; block += step) {
            read(image, block, data);
            for (int sector = 0; sector < BLOCK; sector += SECTOR) {
                newest = Math.max(newest, data.getLong(sector + Long.BYTES));
            }
        }
        return Math.toIntExact(newest);
    }

    /** Fails unless an image holds all writes up to that number, and none that is newer. */
    void requireHolds(FileChannel image, int moment) throws IOException {
        int[] expected = lastWrites(moment);
        ByteBuffer data = ByteBuffer.allocate(BLOCK);
        ByteBuffer right = ByteBuffer.allocate(BLOCK);
        for (int block = first; block < blocks; block += step) {
            read(image, block, data);
            for (int sector = 0; sector < BLOCK; sector += SECTOR) {
                long number = data.getLong(sector + Long.BYTES);
                fill(right.clear(), block, number);
                if (!data.slice(sector, SECTOR).equals(right.slice(sector, SECTOR))) {
                    throw new WrongException("block " + block + ", sector at " + sector + ": torn or of another block");
                }
                if (number < expected[block] || number > moment || !isOf(number, block)) {
                    throw new WrongException("block " + block + ", sector at " + sector + ": holds write " + number
                            + ", and " + expected[block] + " was the last one acknowledged up to write " + moment);
                }
            }
        }
    }

    /** By block: the last write that was acknowledged, of those up to {@code moment}. */
    private synchronized int[] lastWrites(int moment) {
        int[] last = new int[blocks];
        for (int number = 1; number <= moment; number++) {
            if (acknowledged.get(number)) {
                last[blockOf[number]] = number;
            }
        }
        return last;
    }

    private synchronized boolean isOf(long number, int block) {
        return number == 0 || blockOf[Math.toIntExact(number)] == block;
    }

    private static void read(FileChannel image, int block, ByteBuffer data) throws IOException {
        data.clear();
        int count = image.read(data, (long) block * BLOCK);
        if (count != BLOCK) {
            throw new IOException("read " + count + " bytes of block " + block + " instead of " + BLOCK);
        }
    }

    private static void fill(ByteBuffer data, int block, long number) {
        if (number == 0) {
            data.put(new byte[BLOCK]);
            return;
        }
        SplittableRandom content = new SplittableRandom(number * 0x1_0000_0001L ^ (long) block << 40);
        while (data.hasRemaining()) {
            if (data.position() % SECTOR == 0) {
                data.putLong(block).putLong(number);
            }
            data.putLong(content.nextLong());
        }
    }
}
