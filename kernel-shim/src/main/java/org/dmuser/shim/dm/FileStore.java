package org.dmuser.shim.dm;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/**
 * An open file that survives the interruption of those who use it: a {@link FileChannel} is closed, for everyone,
 * when a thread inside it is interrupted. It is opened again then, and the transfer repeated, which is harmless at a
 * given position. The interrupted thread still is when it returns.
 */
final class FileStore implements AutoCloseable {
    private static final Set<OpenOption> READ_ONLY = Set.of(StandardOpenOption.READ);
    private static final Set<OpenOption> READ_WRITE = Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE);

    private final Path path;
    private volatile FileChannel channel;
    private volatile boolean readOnly;
    private volatile boolean closed;

    FileStore(Path path, boolean readOnly) throws IOException {
        this.path = path;
        this.readOnly = readOnly;
        this.channel = open(readOnly);
    }

    private FileChannel open(boolean onlyToRead) throws IOException {
        return FileChannel.open(path, onlyToRead ? READ_ONLY : READ_WRITE);
    }

    boolean readOnly() {
        return readOnly;
    }

    long size() throws IOException {
        return channel.size();
    }

    synchronized void makeWritable() throws IOException {
        FileChannel writable = open(false);
        FileChannel before = channel;
        channel = writable;
        readOnly = false;
        // Those inside it find it closed and go on with the new one.
        before.close();
    }

    /** Fills {@code data} from where it stands in the file. */
    void readFully(ByteBuffer data, long position) throws IOException {
        boolean interrupted = false;
        try {
            while (data.hasRemaining()) {
                FileChannel current = channel;
                try {
                    if (current.read(data, position + data.position()) < 0) {
                        throw new EOFException("file has become shorter");
                    }
                } catch (ClosedChannelException e) {
                    interrupted |= recover(current, e);
                }
            }
        } finally {
            restore(interrupted);
        }
    }

    /** Uses {@code data} up. */
    void writeFully(ByteBuffer data, long position) throws IOException {
        boolean interrupted = false;
        try {
            while (data.hasRemaining()) {
                FileChannel current = channel;
                try {
                    current.write(data, position + data.position());
                } catch (ClosedChannelException e) {
                    interrupted |= recover(current, e);
                }
            }
        } finally {
            restore(interrupted);
        }
    }

    /** Makes what has been written durable. */
    void force() throws IOException {
        boolean interrupted = false;
        try {
            while (true) {
                FileChannel current = channel;
                try {
                    current.force(false);
                    return;
                } catch (ClosedChannelException e) {
                    interrupted |= recover(current, e);
                }
            }
        } finally {
            restore(interrupted);
        }
    }

    /**
     * Has an open channel in the place of {@code stale}; tells whether the thread was interrupted, and is not any
     * more.
     */
    private boolean recover(FileChannel stale, ClosedChannelException cause) throws IOException {
        boolean interrupted = Thread.interrupted();
        synchronized (this) {
            if (closed) {
                restore(interrupted);
                throw cause;
            }
            if (channel == stale) {
                channel = open(readOnly);
            }
        }
        return interrupted;
    }

    private static void restore(boolean interrupted) {
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public synchronized void close() throws IOException {
        closed = true;
        channel.close();
    }
}
