package org.dmuser.shim.fuse.uring;

import java.io.IOException;

/** What the kernel has for each processor: the requests of those who run there come to the entries of its queue. */
final class Queue implements AutoCloseable {
    private final Ring ring;
    private final int id;
    private final int count;
    private final PayloadMemory memory;

    /** Entries that the kernel does not have; of the driver. */
    private int underWay;

    /**
     * Makes one.
     *
     * @param id the processor
     * @param count of entries
     * @param payloadSize bytes of data that each has room for
     */
    Queue(Ring ring, int id, int count, int payloadSize) throws IOException {
        this.ring = ring;
        this.id = id;
        this.count = count;
        this.memory = new PayloadMemory(count, payloadSize);
    }

    Ring ring() {
        return ring;
    }

    int id() {
        return id;
    }

    int count() {
        return count;
    }

    PayloadMemory memory() {
        return memory;
    }

    /** A request has come. */
    void begins() {
        underWay++;
    }

    /** An entry is given back to the kernel. */
    void ends() {
        underWay--;
    }

    /** Whether the kernel has an entry left, for the next request. */
    boolean hasMore() {
        return underWay < count;
    }

    @Override
    public void close() {
        memory.close();
    }
}
