package org.dmuser.examples.backup.moment;

import static java.nio.file.StandardOpenOption.READ;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.dmuser.sdk.file.FileTransfer;

/**
 * What the daemon has kept of a moment, as its reader finds it: in the log, whose end is in the ring; or at its place
 * in the copy.
 *
 * <p>Threads: any number.
 */
final class KeptPieces implements AutoCloseable {
    private final Path directory;
    private final MomentMap map;
    private final Ring ring;
    private final FileChannel log;
    private final FileChannel copy;

    private KeptPieces(Path directory, MomentMap map, Ring ring, FileChannel log, FileChannel copy) {
        this.directory = directory;
        this.map = map;
        this.ring = ring;
        this.log = log;
        this.copy = copy;
    }

    /** @throws MomentBrokenException if the daemon has died, and its files are gone already */
    static KeptPieces open(MomentFiles files, MomentMap map) throws IOException {
        try {
            return openFiles(files, map);
        } catch (NoSuchFileException e) {
            throw MomentBrokenException.beforeReading();
        }
    }

    private static KeptPieces openFiles(MomentFiles files, MomentMap map) throws IOException {
        Ring ring = Ring.open(files.ring());
        try {
            FileChannel log = FileChannel.open(files.log(), READ);
            try {
                return new KeptPieces(files.directory(), map, ring, log, FileChannel.open(files.copy(), READ));
            } catch (IOException e) {
                log.close();
                throw e;
            }
        } catch (IOException e) {
            ring.close();
            throw e;
        }
    }

    /**
     * Reads pieces of a chunk, and leaves the others alone.
     *
     * @param pieces that are marked as copied
     * @param from where the device has what {@code dst} begins with at its position, which does not leave the chunk
     */
    void read(int chunk, long pieces, long from, ByteBuffer dst) throws IOException {
        try {
            long left = pieces;
            for (int entry = map.lastEntry(chunk); entry != 0 && left != 0; entry = ring.previous(entry - 1)) {
                long held = ring.pieces(entry - 1);
                for (long runs = held & left; runs != 0; runs = Pieces.withoutRun(runs)) {
                    readLog(entry - 1, held, runs, from, dst);
                }
                left &= ~held;
            }
            for (; left != 0; left = Pieces.withoutRun(left)) {
                ByteBuffer part = Pieces.firstRun(left, from, dst);
                readFully(copy, from + part.position() - dst.position(), part);
            }
        } catch (EOFException e) {
            // A moment that is over has no copy.
            map.requireOpen();
            throw e;
        }
    }

    /** Reads the first of {@code runs}, which are some of the pieces that are in the log from {@code slot} on. */
    private void readLog(int slot, long held, long runs, long from, ByteBuffer dst) throws IOException {
        ByteBuffer part = Pieces.firstRun(runs, from, dst);
        long inChunk = (from + part.position() - dst.position()) % Pieces.CHUNK;
        long position = (slot - Long.numberOfTrailingZeros(held)) * (long) Pieces.SIZE + inChunk;
        if (!ring.get(position, part)) {
            readFully(log, position, part);
        }
    }

    private void readFully(FileChannel channel, long position, ByteBuffer dst) throws IOException {
        FileTransfer.readFully(directory, channel, position, dst);
    }

    @Override
    public void close() throws IOException {
        try (ring;
                log) {
            copy.close();
        }
    }
}
