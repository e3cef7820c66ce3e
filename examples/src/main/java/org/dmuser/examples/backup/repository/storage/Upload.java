package org.dmuser.examples.backup.repository.storage;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * An object in the making. {@link #write} may run in several threads at a time for different parts; {@link #complete}
 * comes after all of them. Closing without completing leaves nothing behind.
 */
public interface Upload extends AutoCloseable {

    /** Puts all that remains in {@code src} at {@code offset} of the object. */
    void write(long offset, ByteBuffer src) throws IOException;

    /**
     * The object is there under its name; what it holds survives a loss of power, its name once {@link Storage#sync}.
     */
    void complete(String name) throws IOException;

    @Override
    void close() throws IOException;
}
