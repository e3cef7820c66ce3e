package org.dmuser.examples.backup.moment;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.concurrent.locks.ReentrantLock;
import org.dmuser.examples.backup.tracking.Tracking;
import org.dmuser.examples.backup.tracking.TrackingPoint;
import org.dmuser.sdk.BlockHandler;
import org.dmuser.sdk.file.FileTransfer;

/**
 * The daemon's side of a moment: keeps what is about to be overwritten.
 *
 * <p>The lock of a chunk is held while pieces of it are copied, so that each is copied once, and by one: a second write
 * to it waits until the first has made the copy. There are 64 for all chunks, each with the memory for a copy. Nothing
 * is called under one but reading the origin and writing the log and the copy.
 */
final class Moment {
    private static final int LOCKS = 64;
    private static final ByteBuffer ZEROS = ByteBuffer.allocateDirect(Pieces.CHUNK);

    private final MomentFiles files;
    private final BlockHandler origin;
    private final long size;
    private final MomentMap map;
    private final FileChannel copy;
    private final FileChannel logFile;
    private final Spill spill;
    private final KeptLog log;
    private final Copier[] copiers = new Copier[LOCKS];

    private Moment(MomentFiles files, BlockHandler origin, long size, Ring ring, MomentMap map) throws IOException {
        this.files = files;
        this.origin = origin;
        this.size = size;
        this.map = map;
        this.copy = makeCopy(files.copy(), size);
        try {
            this.logFile = DirectFile.create(files.log());
        } catch (IOException e) {
            copy.close();
            throw e;
        }
        this.spill = new Spill(ring, logFile);
        this.log = new KeptLog(map, ring, spill);
        for (int i = 0; i < LOCKS; i++) {
            copiers[i] = new Copier();
        }
    }

    /**
     * Makes its files; nothing is copied before writes are told of it.
     *
     * @param ring which no moment uses that is not over
     */
    static Moment create(MomentFiles files, BlockHandler origin, Tracking tracking, Ring ring) throws IOException {
        try {
            MomentMap map = MomentMap.create(files.map(), tracking.blocks());
            return new Moment(files, origin, tracking.size(), ring, map);
        } catch (IOException e) {
            files.delete();
            throw e;
        }
    }

    /** As long as the device: where nothing is written to it, it reads as zeros. */
    private static FileChannel makeCopy(Path path, long size) throws IOException {
        FileChannel copy = FileChannel.open(path, CREATE_NEW, WRITE);
        try {
            copy.write(ByteBuffer.allocate(1), size - 1);
            return copy;
        } catch (IOException e) {
            copy.close();
            throw e;
        }
    }

    /** What its map has, too. */
    long number() {
        return map.number();
    }

    /** Chunks that are as they were at {@code base} will not be read. */
    void excludeUnchanged(Tracking tracking, TrackingPoint base) {
        for (int block = 0; block < tracking.blocks(); block += Long.SIZE) {
            long unchanged = WholeChunks.unchanged(tracking, base, block);
            if (unchanged != 0) {
                map.setDone(block / Long.SIZE, unchanged);
            }
        }
    }

    void countRequest() {
        map.countRequest();
    }

    /** Keeps what is in a range that is about to be written to. If it cannot, the moment is over; the write goes on. */
    void beforeWrite(long offset, long length) {
        long end = offset + length;
        for (long at = offset; at < end; at = Pieces.chunkEnd(at, end)) {
            int chunk = Pieces.chunk(at);
            long touched = Pieces.touched(at, Pieces.chunkEnd(at, end));
            if (needed(chunk, touched) != 0) {
                copiers[chunk % LOCKS].copy(chunk, touched);
            }
        }
    }

    private long needed(int chunk, long touched) {
        long needed = touched & map.needed(chunk);
        return needed == 0 || map.isOver() ? 0 : needed;
    }

    private final class Copier {
        private final ReentrantLock lock = new ReentrantLock();
        private ByteBuffer buffer;
        private ByteBuffer zeros;

        void copy(int chunk, long touched) {
            lock.lock();
            try {
                long needed = needed(chunk, touched);
                for (long left = needed; left != 0; left = Pieces.withoutRun(left)) {
                    int first = Long.numberOfTrailingZeros(left);
                    copyNow(chunk, first, Pieces.run(left));
                }
                if (needed != 0) {
                    map.setCopied(chunk, needed);
                }
            } catch (IOException | RuntimeException e) {
                map.end("what was on the device could not be kept in " + files.directory() + ": " + e.getMessage()
                        + "; make room there, and begin the backup anew");
                giveBack();
            } finally {
                lock.unlock();
            }
        }

        private void copyNow(int chunk, int first, int count) throws IOException {
            if (buffer == null) {
                buffer = ByteBuffer.allocateDirect(Pieces.CHUNK);
                zeros = ZEROS.duplicate();
            }
            long offset = (long) chunk * Pieces.CHUNK + first * Pieces.SIZE;
            buffer.clear().limit((int) Math.min((long) count * Pieces.SIZE, size - offset));
            origin.read(offset, buffer);
            buffer.flip();
            if (isZero()) {
                // As the copy is where nothing was written to it.
                return;
            }
            log.append(chunk, first, buffer);
            FileTransfer.writeFully(copy, offset + buffer.position(), buffer);
        }

        private boolean isZero() {
            return buffer.mismatch(zeros.limit(buffer.limit())) < 0;
        }
    }

    /** The room of the copy, which nobody believes any more: the origin may need it, if they share a disk. */
    private void giveBack() {
        spill.stop();
        try {
            copy.truncate(0);
            logFile.truncate(0);
        } catch (IOException e) {
            // It is deleted when the moment ends.
        }
    }

    /** No write knows of it any more. */
    void end(String reason) throws IOException {
        map.end(reason);
        spill.close();
        try (copy;
                logFile) {
            files.delete();
        }
    }
}
