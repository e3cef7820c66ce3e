package org.dmuser.examples.backup.work;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.dmuser.examples.backup.repository.ChunkReader;
import org.dmuser.examples.backup.repository.ImageTree;
import org.dmuser.examples.backup.repository.Point;
import org.dmuser.examples.backup.repository.Zeros;
import org.dmuser.examples.backup.repository.format.ChunkId;
import org.dmuser.examples.backup.repository.format.DamagedException;
import org.dmuser.examples.backup.repository.format.ImageLayout;

/**
 * Writes the image of a restore point to a file or a device.
 *
 * <p>What is zero is not written to a fresh file, which so has holes. Where something was there before, each chunk of
 * it is read first, and only what differs is written: a restore that was broken off goes on where it was, whatever it
 * was doing, and needs no notes.
 *
 * <p>A damaged chunk does not end it: all of them are named, what is left is restored, and a file keeps its name of
 * something unfinished.
 */
public final class Restore {
    /** More are counted, and not named one by one. */
    private static final int NAMED_MAX = 100;

    /**
     * What came of it.
     *
     * @param writtenBytes put into the target
     * @param sameBytes that were there already
     * @param damagedBytes that could not be had; the target is not complete unless 0
     * @param damages the first of what is damaged
     */
    public record Result(long writtenBytes, long sameBytes, long damagedBytes, List<Damage> damages) {}

    private final ChunkReader chunks;
    private final Point point;
    private final RestoreTarget target;
    private final Progress progress;
    private final Stop stop;
    private final long size;
    private final ImageTree tree;
    private final LongAdder writtenBytes = new LongAdder();
    private final LongAdder sameBytes = new LongAdder();

    // Guarded by this.
    private final Map<String, Extent> damages = new LinkedHashMap<>();
    private long damagedBytes;
    private long nextChunk;

    /** What one thing that is damaged keeps from being restored: a table is 256 MiB of an image. */
    private record Extent(long offset, long bytes) {
        Extent and(Extent other) {
            return new Extent(Math.min(offset, other.offset), bytes + other.bytes);
        }
    }

    private Restore(ChunkReader chunks, Point point, RestoreTarget target, Progress progress, Stop stop)
            throws IOException {
        this.chunks = chunks;
        this.point = point;
        this.target = target;
        this.progress = progress;
        this.stop = stop;
        size = point.size();
        tree = ImageTree.open(chunks, point.root(), size);
    }

    /**
     * Restores it; what it has written is durable when this returns.
     *
     * @throws Stop.StoppedException if it was broken off; it may be gone on with
     * @throws DamagedException if not even the list of chunks can be had
     */
    public static Result run(ChunkReader chunks, Point point, RestoreTarget target, Progress progress, Stop stop)
            throws IOException {
        Restore restore = new Restore(chunks, point, target, progress, stop);
        progress.begin("restoring " + point.id(), restore.size);
        Workers.runPatiently("restore", restore::work);
        return restore.end();
    }

    private Result end() throws IOException {
        if (damagedBytes == 0) {
            target.complete();
        } else {
            target.force();
        }
        return new Result(writtenBytes.sum(), sameBytes.sum(), damagedBytes, damages());
    }

    private void work(Workers.Others others) throws IOException {
        PieceOfTarget piece = new PieceOfTarget();
        for (Piece next = take(); next != null && !others.haveFailed(); next = take()) {
            piece.restore(next);
            progress.add(next.length(size));
        }
    }

    private synchronized Piece take() {
        long left = ImageLayout.chunks(size) - nextChunk;
        if (left == 0) {
            return null;
        }
        Piece piece = new Piece(nextChunk, (int) Math.min(left, Piece.CHUNKS_MAX));
        nextChunk += piece.count();
        return piece;
    }

    private synchronized void noteDamage(long offset, int length, DamagedException e) {
        damagedBytes += length;
        Extent extent = new Extent(offset, length);
        if (damages.size() < NAMED_MAX || damages.containsKey(e.getMessage())) {
            damages.merge(e.getMessage(), extent, Extent::and);
        }
    }

    private synchronized List<Damage> damages() {
        List<Damage> list = new ArrayList<>();
        damages.forEach((what, extent) -> list.add(new Damage(
                what, "point " + point.id() + ", " + extent.bytes + " bytes from offset " + extent.offset + " on")));
        return list;
    }

    /** The piece a worker is at. Chunks that follow each other are written at once. */
    private final class PieceOfTarget {
        private final ByteBuffer buffer = UncachedWrites.buffer(Piece.BYTES_MAX);
        private final ByteBuffer old = ByteBuffer.allocateDirect(target.isFresh() ? 0 : Piece.BYTES_MAX);
        private final MessageDigest sha256 = sha256();

        /** Where in the target the content of {@link #buffer} belongs. */
        private long start;

        void restore(Piece piece) throws IOException {
            if (!target.isFresh()) {
                target.read(piece.offset(), old.clear().limit(piece.length(size)));
            }
            buffer.clear();
            for (int i = 0; i < piece.count(); i++) {
                stop.check();
                restoreChunk(piece, i);
            }
            write();
        }

        private void restoreChunk(Piece piece, int i) throws IOException {
            long chunk = piece.first() + i;
            long offset = chunk * ImageLayout.CHUNK;
            int length = ImageLayout.length(size, chunk);
            try {
                ChunkId id = tree.chunk(chunk);
                if (isThere(id, i, length)) {
                    sameBytes.add(length);
                } else if (id.isZero()) {
                    target.writeZeros(offset, length);
                    writtenBytes.add(length);
                } else {
                    add(id, offset, length);
                }
            } catch (DamagedException e) {
                noteDamage(offset, length, e);
            }
        }

        private boolean isThere(ChunkId id, int i, int length) {
            if (target.isFresh()) {
                return id.isZero();
            }
            ByteBuffer content = old.slice(i * ImageLayout.CHUNK, length);
            if (id.isZero()) {
                return Zeros.only(content);
            }
            sha256.update(content);
            return ChunkId.of(sha256.digest()).equals(id);
        }

        private void add(ChunkId id, long offset, int length) throws IOException {
            if (start + buffer.position() != offset) {
                write();
                start = offset;
            }
            int from = buffer.position();
            buffer.limit(from + length);
            try {
                ContentLength.require(id, length, chunks.read(id, buffer));
            } catch (DamagedException e) {
                buffer.position(from);
                throw e;
            }
        }

        private void write() throws IOException {
            if (buffer.position() > 0) {
                writtenBytes.add(buffer.position());
                target.write(start, buffer.flip());
                buffer.clear();
            }
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }
}
