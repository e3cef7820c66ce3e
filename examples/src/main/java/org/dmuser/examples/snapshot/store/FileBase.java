package org.dmuser.examples.snapshot.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.dmuser.sdk.config.ByteSize;
import org.dmuser.sdk.config.ConfigException;
import org.dmuser.sdk.file.FileTransfer;

/** A base in a file or on a block device, which is never written to. */
public final class FileBase implements Base {
    private final Path path;
    private final FileChannel channel;
    private final long size;

    private FileBase(Path path, FileChannel channel, long size) {
        this.path = path;
        this.channel = channel;
        this.size = size;
    }

    /**
     * Opens it. Bytes behind its last whole sector are not part of it.
     *
     * @throws ConfigException if it is not there, not allowed, or smaller than a sector
     */
    public static FileBase open(Path path) throws IOException {
        if (!Files.exists(path)) {
            throw new ConfigException("base: " + path + " does not exist");
        }
        if (Files.isDirectory(path)) {
            throw new ConfigException("base: " + path + " is a directory");
        }
        if (!Files.isReadable(path)) {
            throw new ConfigException("base: " + path + " may not be read");
        }
        FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
        long size = channel.size() / ByteSize.SECTOR * ByteSize.SECTOR;
        if (size == 0) {
            channel.close();
            throw new ConfigException("base: " + path + " has less than a sector of 512 bytes");
        }
        return new FileBase(path, channel, size);
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public void read(long offset, ByteBuffer dst) throws IOException {
        FileTransfer.readFully(this, channel, offset, dst);
    }

    /** What it is called in errors. */
    @Override
    public String toString() {
        return "base " + path;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
