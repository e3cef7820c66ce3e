package org.dmuser.examples.backup.tracking;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;

/**
 * Memory that loses its power: what was not forced is there or not, sector by sector, as the seed will have it. Now and
 * then a page is written back before anybody asks for it, as a kernel does.
 */
final class PowerCutMemory implements TrackingMemory {
    private static final int PAGE = 4096;
    private static final int SECTOR = 512;

    private final ByteBuffer bytes;
    private final byte[] durable;
    private final Random random;

    PowerCutMemory(int length, Random random) {
        this(new byte[length], random);
    }

    private PowerCutMemory(byte[] durable, Random random) {
        this.durable = durable;
        this.random = random;
        bytes = ByteBuffer.allocateDirect(durable.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put(0, durable);
    }

    @Override
    public ByteBuffer bytes() {
        return bytes;
    }

    @Override
    public void force(long offset, long length) {
        long first = offset / PAGE * PAGE;
        for (long page = first; page < offset + length; page += PAGE) {
            writeBack((int) page, PAGE);
        }
    }

    /** A page that the kernel has chosen. */
    void writeBackSomething() {
        writeBack(random.nextInt(durable.length / PAGE) * PAGE, PAGE);
    }

    private void writeBack(int offset, int length) {
        bytes.get(offset, durable, offset, length);
    }

    /** What is there when the power is back. */
    PowerCutMemory cut() {
        for (int sector = 0; sector < durable.length; sector += SECTOR) {
            if (random.nextBoolean()) {
                writeBack(sector, SECTOR);
            }
        }
        return new PowerCutMemory(durable.clone(), random);
    }

    /** What the next process finds after a kill. */
    PowerCutMemory kill() {
        PowerCutMemory next = new PowerCutMemory(durable.clone(), random);
        for (int i = 0; i < durable.length; i++) {
            next.bytes.put(i, bytes.get(i));
        }
        return next;
    }
}
