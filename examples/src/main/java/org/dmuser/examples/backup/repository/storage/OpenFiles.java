package org.dmuser.examples.backup.repository.storage;

import static java.nio.file.StandardOpenOption.READ;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The files last read from, kept open: a restore reads some hundred chunks of a pack in a row. Threads: any number; a
 * file that has to make room for another is closed when the last who reads it is done.
 */
final class OpenFiles implements AutoCloseable {
    private static final int KEPT = 16;

    /** In the order in which they were last used. */
    private final Map<Path, OpenFile> files = new LinkedHashMap<>(2 * KEPT, 0.75f, true);

    /** A file, while it is lent. */
    final class OpenFile implements AutoCloseable {
        private final FileChannel channel;
        private int readers = 1;
        private boolean kept = true;

        private OpenFile(FileChannel channel) {
            this.channel = channel;
        }

        FileChannel channel() {
            return channel;
        }

        /** Gives it back. */
        @Override
        public void close() throws IOException {
            synchronized (OpenFiles.this) {
                readers--;
                closeIfUnused();
            }
        }

        private void closeIfUnused() throws IOException {
            if (readers == 0 && !kept) {
                channel.close();
            }
        }
    }

    /** Lends a file, which is opened if it is not open. */
    synchronized OpenFile lend(Path path) throws IOException {
        OpenFile file = files.get(path);
        // An interrupted reader closes the channel for all.
        if (file != null && file.channel.isOpen()) {
            file.readers++;
            return file;
        }
        file = new OpenFile(FileChannel.open(path, READ));
        files.put(path, file);
        if (files.size() > KEPT) {
            Iterator<OpenFile> oldest = files.values().iterator();
            OpenFile evicted = oldest.next();
            oldest.remove();
            evicted.kept = false;
            evicted.closeIfUnused();
        }
        return file;
    }

    /** Forgets a file whose name is gone, or means another from now on. */
    synchronized void forget(Path path) throws IOException {
        OpenFile file = files.remove(path);
        if (file != null) {
            file.kept = false;
            file.closeIfUnused();
        }
    }

    @Override
    public synchronized void close() throws IOException {
        for (OpenFile file : files.values()) {
            file.kept = false;
            file.closeIfUnused();
        }
        files.clear();
    }
}
