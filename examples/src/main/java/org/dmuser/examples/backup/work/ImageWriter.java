package org.dmuser.examples.backup.work;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import org.dmuser.examples.backup.moment.FrozenDevice;
import org.dmuser.examples.backup.repository.ChunkWriter;
import org.dmuser.examples.backup.repository.ImageTreeBuilder;
import org.dmuser.examples.backup.repository.format.ChunkId;
import org.dmuser.examples.backup.repository.format.ChunkType;
import org.dmuser.examples.backup.repository.format.ImageLayout;

/**
 * Puts what is wanted of a frozen device into a repository.
 *
 * <pre>
 *   changed blocks -> pieces, in order -> workers: read 4 MiB -> each chunk: zero? known? compress, into a pack
 *                                               -> its id into the tree of the image
 * </pre>
 *
 * <p>There is no thread that reads for others: a worker reads its piece itself, while others compress theirs. That
 * bounds memory by the number of workers, whatever the size of the device, and no data moves between processors. Pieces
 * are handed out in order, so a disk is read almost from front to back.
 */
final class ImageWriter {
    /** With less to read, asking for holes takes longer than it saves. */
    private static final long HOLES_FROM = 256L * 1024 * 1024;

    private final FrozenDevice device;
    private final ChunkWriter chunks;
    private final ImageTreeBuilder tree;
    private final Progress progress;
    private final Stop stop;
    private final long size;
    private final boolean lookForHoles;
    private final Optional<Backoff> backoff;
    private final LongAdder readBytes = new LongAdder();

    /** Guarded by itself. */
    private final WantedPieces wanted;

    /** @param backoff nothing to work without regard for others */
    ImageWriter(
            FrozenDevice device,
            ChunkWriter chunks,
            ImageTreeBuilder tree,
            Optional<Backoff> backoff,
            String doing,
            Progress progress,
            Stop stop) {
        this.device = device;
        this.chunks = chunks;
        this.tree = tree;
        this.backoff = backoff;
        this.progress = progress;
        this.stop = stop;
        size = device.size();
        wanted = new WantedPieces(device.changed(), size);
        long bytes = WantedPieces.bytes(device.changed(), size);
        lookForHoles = bytes >= HOLES_FROM;
        progress.begin(doing, bytes);
    }

    /** Sets all chunks of the tree that are wanted. */
    void run() throws IOException {
        Workers.run("backup", this::work);
    }

    /** Bytes of the device that were read. */
    long readBytes() {
        return readBytes.sum();
    }

    private void work(Workers.Others others) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocateDirect(Piece.BYTES_MAX);
        for (Piece piece = take(); piece != null && !others.haveFailed(); piece = take()) {
            store(piece, buffer);
        }
    }

    private Piece take() {
        synchronized (wanted) {
            return wanted.next();
        }
    }

    private void store(Piece piece, ByteBuffer buffer) throws IOException {
        int length = piece.length(size);
        if (lookForHoles && device.isHole(piece.offset(), length)) {
            device.done(piece.offset(), length);
            storeZeros(piece, length);
            return;
        }
        device.read(piece.offset(), buffer.clear().limit(length));
        device.done(piece.offset(), length);
        readBytes.add(length);
        for (int i = 0; i < piece.count(); i++) {
            stop.check();
            backoff.ifPresent(Backoff::pass);
            long chunk = piece.first() + i;
            ByteBuffer content = buffer.slice(i * ImageLayout.CHUNK, ImageLayout.length(size, chunk));
            tree.set(chunk, chunks.put(ChunkType.DATA, content));
            progress.add(content.remaining());
        }
    }

    private void storeZeros(Piece piece, int length) throws IOException {
        for (int i = 0; i < piece.count(); i++) {
            tree.set(piece.first() + i, ChunkId.ZERO);
        }
        progress.add(length);
    }
}
