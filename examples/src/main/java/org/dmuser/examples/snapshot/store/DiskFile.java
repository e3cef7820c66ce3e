package org.dmuser.examples.snapshot.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import org.dmuser.channel.Errno;
import org.dmuser.channel.OwnerOnly;
import org.dmuser.sdk.BlockException;
import org.dmuser.sdk.file.FileSpace;
import org.dmuser.sdk.file.FileTransfer;

/** A file of a store on a disk. */
final class DiskFile implements StoreFile {
    private final FileChannel channel;

    /** Null if nothing may be written. */
    private final FileSpace space;

    private DiskFile(FileChannel channel, FileSpace space) {
        this.channel = channel;
        this.space = space;
    }

    static DiskFile openWritable(Path path) throws IOException {
        FileChannel channel = FileChannel.open(
                path,
                Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE),
                OwnerOnly.file());
        try {
            return new DiskFile(channel, FileSpace.open(path));
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    static DiskFile openReadable(Path path) throws IOException {
        return new DiskFile(FileChannel.open(path, StandardOpenOption.READ), null);
    }

    @Override
    public long size() throws IOException {
        return channel.size();
    }

    @Override
    public void read(long offset, ByteBuffer dst) throws IOException {
        if (!FileTransfer.read(channel, offset, dst)) {
            Zeros.fill(dst, dst.remaining());
        }
    }

    @Override
    public void write(long offset, ByteBuffer src) throws IOException {
        FileTransfer.writeFully(channel, offset, src);
    }

    /** Of the metadata, what is needed to find the data. */
    @Override
    public void sync() throws IOException {
        channel.force(false);
    }

    @Override
    public void allocate(long size) throws IOException {
        space.allocate(0, size);
    }

    /** The mapping goes when nobody has it any more. */
    @Override
    public ByteBuffer map(int size) throws IOException {
        // Storing to memory could not say that the disk is full.
        allocate(size);
        return channel.map(FileChannel.MapMode.READ_WRITE, 0, size);
    }

    @Override
    public void truncate(long size) throws IOException {
        channel.truncate(size);
    }

    @Override
    public void punch(long offset, long length) throws IOException {
        try {
            space.punch(offset, length);
        } catch (BlockException e) {
            if (e.errno() != Errno.EOPNOTSUPP) {
                throw e;
            }
        }
    }

    @Override
    public void close() throws IOException {
        if (space != null) {
            space.close();
        }
        channel.close();
    }
}
