package org.dmuser.examples.backup.moment;

import java.io.IOException;
import java.nio.file.Path;
import org.dmuser.sdk.file.FileSpace;

/** Where an origin has holes. Opened when it is first asked, because binding the system call takes a while. */
final class Holes implements AutoCloseable {
    private final Path path;
    private volatile FileSpace space;

    Holes(Path path) {
        this.path = path;
    }

    /** Whether nothing was ever written to the range: then it reads as zeros. */
    boolean isHole(long offset, long length) throws IOException {
        FileSpace opened = space;
        return (opened == null ? open() : opened).isHole(offset, length);
    }

    private synchronized FileSpace open() throws IOException {
        if (space == null) {
            space = FileSpace.openForReading(path);
        }
        return space;
    }

    @Override
    public synchronized void close() {
        if (space != null) {
            space.close();
        }
    }
}
