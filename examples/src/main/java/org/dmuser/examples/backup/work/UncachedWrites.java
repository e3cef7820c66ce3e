package org.dmuser.examples.backup.work;

import static java.nio.file.StandardOpenOption.WRITE;

import com.sun.nio.file.ExtendedOpenOption;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Optional;
import org.dmuser.sdk.file.FileSpace;
import org.dmuser.sdk.file.FileTransfer;
import org.dmuser.sdk.file.LockedFile;

/**
 * Writes to a file or a device past the page cache ({@code O_DIRECT}).
 *
 * <p>Nobody reads soon what a restore writes, and the cache takes more time of processors for it than decompression
 * does: for new pages, and for copying. Neither way is anything durable before the file is made so.
 *
 * <p>Room is taken before: ext4 lets writers into a hole one at a time, and all of them where there is room.
 *
 * <p>Any thread, each at places of its own.
 */
final class UncachedWrites implements AutoCloseable {
    /** Past the cache go whole blocks, from memory that begins at one. Few file systems want larger ones. */
    private static final int BLOCK = 4096;

    private final FileChannel channel;
    private final FileSpace space;
    private volatile boolean writes = true;
    private volatile boolean takesRoom = true;

    private UncachedWrites(FileChannel channel, FileSpace space) {
        this.channel = channel;
        this.space = space;
    }

    /**
     * For a file that is at {@code path}.
     *
     * @return nothing where its file system has no way past the cache
     */
    static Optional<UncachedWrites> open(LockedFile file, Path path) throws IOException {
        FileChannel channel;
        try {
            channel = file.open(WRITE, ExtendedOpenOption.DIRECT);
        } catch (IOException | UnsupportedOperationException e) {
            return Optional.empty();
        }
        try {
            return Optional.of(new UncachedWrites(channel, FileSpace.open(path)));
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /** Memory that can be written from. */
    static ByteBuffer buffer(int bytes) {
        return ByteBuffer.allocateDirect(bytes + BLOCK - 1).alignedSlice(BLOCK).slice(0, bytes);
    }

    /**
     * Writes what can be written this way from the beginning of {@code src}: all of it, or nothing perhaps. The rest
     * stays in {@code src}, to be written through the cache; if that fails, too, it is known why.
     *
     * @param src a direct one
     */
    void write(long offset, ByteBuffer src) {
        int length = src.remaining() / BLOCK * BLOCK;
        if (!writes || length == 0 || offset % BLOCK != 0 || src.alignmentOffset(src.position(), BLOCK) != 0) {
            return;
        }
        takeRoom(offset, length);
        int limit = src.limit();
        try {
            FileTransfer.writeFully(channel, offset, src.limit(src.position() + length));
        } catch (IOException e) {
            // It has larger blocks, or no room, or is broken.
            writes = false;
        } finally {
            src.limit(limit);
        }
    }

    private void takeRoom(long offset, int length) {
        if (takesRoom) {
            try {
                space.allocate(offset, length);
            } catch (IOException e) {
                // A device, or a file system that cannot. If there is no room, the write fails as well.
                takesRoom = false;
            }
        }
    }

    @Override
    public void close() throws IOException {
        try (space) {
            channel.close();
        }
    }
}
