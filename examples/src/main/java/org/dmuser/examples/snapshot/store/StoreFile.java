package org.dmuser.examples.snapshot.store;

import java.io.IOException;
import java.nio.ByteBuffer;

/** A file of a store; any number of threads. Behind this seam tests have files that lose power. */
public interface StoreFile extends AutoCloseable {
    long size() throws IOException;

    /** Fills {@code dst} from {@code offset} on; what is behind the end reads as zeros. */
    void read(long offset, ByteBuffer dst) throws IOException;

    /**
     * Writes all of {@code src}.
     *
     * @throws IOException a {@link org.dmuser.sdk.BlockException} of ENOSPC if there is no room
     */
    void write(long offset, ByteBuffer src) throws IOException;

    /** Makes everything last that was done to the file before. */
    void sync() throws IOException;

    /** Makes the file that long, with room for all of it; what is new reads as zeros. */
    void allocate(long size) throws IOException;

    /**
     * Makes the file that long, with room for all of it, and has memory show it: what is stored there outlives the
     * process, and nothing else before {@link #sync}.
     *
     * @param size bytes
     */
    ByteBuffer map(int size) throws IOException;

    /** Cuts off what is behind {@code size}. */
    void truncate(long size) throws IOException;

    /** Gives back the room of a range, which reads as zeros from now on; does nothing where that is impossible. */
    void punch(long offset, long length) throws IOException;

    @Override
    void close() throws IOException;
}
