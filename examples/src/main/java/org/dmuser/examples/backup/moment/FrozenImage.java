package org.dmuser.examples.backup.moment;

import static java.nio.file.StandardOpenOption.READ;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.dmuser.examples.backup.tracking.Origin;
import org.dmuser.examples.backup.tracking.Tracking;
import org.dmuser.sdk.file.FileTransfer;

/**
 * A file or block device that nobody tracks. It is not frozen by this: whoever backs it up sees to it that nobody
 * writes.
 */
final class FrozenImage implements FrozenDevice {
    private final Path path;
    private final FileChannel channel;
    private final Holes holes;
    private final FrozenState state;

    private FrozenImage(Path path, FileChannel channel, long size) {
        this.path = path;
        this.channel = channel;
        this.holes = new Holes(path);
        this.state = new FrozenState(
                size,
                Optional.empty(),
                Optional.empty(),
                "nothing tracks what changes in " + path,
                ChangedBlocks.all(Tracking.BLOCK_SIZE, size));
    }

    static FrozenImage open(Path path) throws IOException {
        if (Files.notExists(path)) {
            throw new IOException(path + " does not exist; name a disk image, a block device or a tracking file");
        }
        if (Files.isDirectory(path)) {
            throw new IOException(path + " is a directory; name a disk image, a block device or a tracking file");
        }
        if (!Files.isRegularFile(path) && !Origin.isBlockDevice(path)) {
            throw new IOException(path + " is neither a file nor a block device; name a disk image, a block device or a"
                    + " tracking file");
        }
        FileChannel channel = FileChannel.open(path, READ);
        try {
            return new FrozenImage(path, channel, channel.size());
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    @Override
    public FrozenState state() {
        return state;
    }

    @Override
    public void read(long offset, ByteBuffer dst) throws IOException {
        FileTransfer.readFully(path, channel, offset, dst);
    }

    @Override
    public boolean isHole(long offset, long length) throws IOException {
        return holes.isHole(offset, length);
    }

    @Override
    public long requests() {
        return 0;
    }

    @Override
    public void done(long offset, long length) {
        // Nobody keeps anything for it.
    }

    @Override
    public void close() throws IOException {
        holes.close();
        channel.close();
    }
}
