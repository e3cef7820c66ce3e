package org.dmuser.cli.replay;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.dmuser.channel.Errno;
import org.dmuser.cli.base.CliException;
import org.dmuser.cli.system.DiskUse;
import org.dmuser.sdk.BlockException;
import org.dmuser.sdk.file.FileSpace;
import org.dmuser.sdk.file.FileTransfer;

/** The file or block device that a log is replayed on. One thread. */
final class ReplayTarget implements AutoCloseable {
    private static final int ZEROS = 1 << 16;

    private final Path path;
    private final FileChannel channel;
    private final FileSpace space;
    private boolean punches = true;

    private ReplayTarget(Path path, FileChannel channel, FileSpace space) {
        this.path = path;
        this.channel = channel;
        this.space = space;
    }

    /**
     * Opens it, if it may be written to.
     *
     * @param log which it must not be
     * @param size what it has to have, in bytes
     * @throws CliException if it is too small, or something else
     */
    static ReplayTarget open(Path path, Path log, long size) throws IOException {
        if (!path.toString().isEmpty() && !Files.exists(path)) {
            throw new CliException(
                    path + " is not there: 'truncate -s " + size + " " + path + "' makes a file that is large enough");
        }
        NamedFile.require(path, "what the log is to be replayed on");
        if (Files.isSameFile(path, log)) {
            throw new CliException(path + " is the log itself: name another file");
        }
        // Not kept from being mounted: a check may want that.
        DiskUse.requireNone(path);
        FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE);
        try {
            if (channel.size() < size) {
                throw new CliException(path + " has " + channel.size() + " bytes, and the log writes up to byte " + size
                        + ": make it as large as the device was");
            }
            return new ReplayTarget(path, channel, FileSpace.open(path));
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    Path path() {
        return path;
    }

    void write(long offset, ByteBuffer data) throws IOException {
        FileTransfer.writeFully(channel, offset, data);
    }

    /** The range reads as zeros from now on. */
    void discard(long offset, long length) throws IOException {
        if (punches) {
            try {
                space.punch(offset, length);
                return;
            } catch (BlockException e) {
                if (e.errno() != Errno.EOPNOTSUPP) {
                    throw e;
                }
                punches = false;
            }
        }
        ByteBuffer zeros = ByteBuffer.allocateDirect(ZEROS);
        for (long done = 0; done < length; done += zeros.limit()) {
            zeros.clear().limit((int) Math.min(ZEROS, length - done));
            write(offset + done, zeros);
        }
    }

    /** Makes it lasting. */
    void force() throws IOException {
        channel.force(false);
    }

    @Override
    public void close() throws IOException {
        space.close();
        channel.close();
    }
}
