package org.dmuser.examples.file;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.dmuser.channel.Errno;
import org.dmuser.channel.OwnerOnly;
import org.dmuser.sdk.BlockException;
import org.dmuser.sdk.BlockHandler;
import org.dmuser.sdk.ThreadModel;
import org.dmuser.sdk.Zeroes;
import org.dmuser.sdk.config.ByteSize;
import org.dmuser.sdk.config.ConfigException;
import org.dmuser.sdk.file.FileSpace;
import org.dmuser.sdk.file.FileTransfer;

/**
 * A disk in a file, or on a block device. Shows a handler that brings its own size, transfers that may be cut short,
 * and a flush that matters.
 *
 * <pre>{@code
 * dmuser run file path=disk.img create=1G --at /tmp/disk
 * }</pre>
 *
 * <p>The buffer of a request goes straight to the file: no copy is made. What is discarded or zeroed becomes a hole in
 * the file, through {@link FileSpace}. Where there can be none, zeros are written, and discards are refused.
 */
public final class FileHandler implements BlockHandler {
    private final Path path;
    private final FileChannel channel;

    /** Null if nothing may be written. */
    private final FileSpace space;

    private final long size;
    private final boolean readOnly;

    private FileHandler(Path path, FileChannel channel, FileSpace space, long size, boolean readOnly) {
        this.path = path;
        this.channel = channel;
        this.space = space;
        this.size = size;
        this.readOnly = readOnly;
    }

    /**
     * Opens a file. Bytes behind its last whole sector are not part of the disk.
     *
     * @param key what the user has given the path as, for errors
     * @throws ConfigException if it is not there, not allowed, or smaller than a sector
     */
    public static FileHandler of(String key, Path path, boolean readOnly) throws IOException {
        requireUsable(key + ": " + path, path, readOnly);
        FileChannel channel = readOnly ? FileChannel.open(path, READ) : FileChannel.open(path, READ, WRITE);
        try {
            long size = channel.size() / ByteSize.SECTOR * ByteSize.SECTOR;
            if (size == 0) {
                throw new ConfigException(key + ": " + path + " has " + ByteSize.format(channel.size())
                        + ", and a disk has 512 at least");
            }
            return new FileHandler(path, channel, readOnly ? null : FileSpace.open(path), size, readOnly);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** Makes a sparse file of {@code size} bytes, for its owner only. */
    public static void createIfMissing(Path path, long size) throws IOException {
        try (FileChannel channel = FileChannel.open(path, Set.of(CREATE_NEW, WRITE), OwnerOnly.file())) {
            if (size > 0) {
                channel.write(ByteBuffer.allocate(1), size - 1);
            }
        } catch (FileAlreadyExistsException e) {
            // As it was, whatever its size.
        }
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public boolean readOnly() {
        return readOnly;
    }

    @Override
    public ThreadModel threadModel() {
        return ThreadModel.PARALLEL;
    }

    @Override
    public void read(long offset, ByteBuffer dst) throws IOException {
        FileTransfer.readFully(path, channel, offset, dst);
    }

    @Override
    public void write(long offset, ByteBuffer src) throws IOException {
        FileTransfer.writeFully(channel, offset, src);
    }

    @Override
    public void discard(long offset, long length) throws IOException {
        space.punch(offset, length);
    }

    @Override
    public void writeZeroes(long offset, long length) throws IOException {
        try {
            space.punch(offset, length);
        } catch (BlockException e) {
            if (e.errno() != Errno.EOPNOTSUPP) {
                throw e;
            }
            Zeroes.write(this, offset, length);
        }
    }

    /** The data, and of the metadata only what is needed to find it again. */
    @Override
    public void flush() throws IOException {
        channel.force(false);
    }

    @Override
    public void close() throws IOException {
        try (channel;
                space) {
            if (!readOnly) {
                flush();
            }
        }
    }

    private static void requireUsable(String subject, Path path, boolean readOnly) {
        if (!Files.exists(path)) {
            throw new ConfigException(subject + " does not exist; create=SIZE makes it");
        }
        if (Files.isDirectory(path)) {
            throw new ConfigException(subject + " is a directory");
        }
        if (!Files.isReadable(path)) {
            throw new ConfigException(subject + " may not be read");
        }
        if (!readOnly && !Files.isWritable(path)) {
            throw new ConfigException(subject + " may not be written to; readonly=true serves it as it is");
        }
    }
}
