package org.dmuser.shim.bio;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import org.dmuser.channel.Errno;

/** A device in an array; serves every bio on the submitting thread. */
public final class MemoryDevice implements BlockDevice {
    private final byte[] content;
    private final AtomicInteger flushCount = new AtomicInteger();
    private volatile Errno flushStatus = Errno.OK;

    public MemoryDevice(int sectors) {
        content = new byte[sectors * Bio.SECTOR_SIZE];
    }

    public byte[] content() {
        return content;
    }

    /** How many empty flushes have come. */
    public int flushCount() {
        return flushCount.get();
    }

    public void flushStatus(Errno status) {
        flushStatus = status;
    }

    @Override
    public long sectors() {
        return content.length / Bio.SECTOR_SIZE;
    }

    @Override
    public boolean readOnly() {
        return false;
    }

    @Override
    public void accept(Bio bio) {
        if (bio.isEmptyFlush()) {
            flushCount.incrementAndGet();
            bio.end(flushStatus);
            return;
        }
        int offset = (int) bio.sector() * Bio.SECTOR_SIZE;
        int length = (int) bio.length();
        switch (bio.op()) {
            case READ -> bio.memory().clear().put(bio.memoryIndex(), content, offset, length);
            case WRITE -> bio.memory().clear().get(bio.memoryIndex(), content, offset, length);
            case DISCARD, WRITE_ZEROES -> Arrays.fill(content, offset, offset + length, (byte) 0);
        }
        bio.end(Errno.OK);
    }
}
