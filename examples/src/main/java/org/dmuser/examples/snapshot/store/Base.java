package org.dmuser.examples.snapshot.store;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * What a device holds where nothing was written: a file, a block device, a snapshot, a restore point of a backup. It
 * must not change while something is built upon it. Any number of threads.
 */
public interface Base extends AutoCloseable {
    /** Bytes, as long as it is open. */
    long size();

    /** Fills {@code dst} completely with what is there from {@code offset} on, which is within {@link #size}. */
    void read(long offset, ByteBuffer dst) throws IOException;

    @Override
    default void close() throws IOException {}
}
