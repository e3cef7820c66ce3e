package org.dmuser.examples.backup.work;

import org.dmuser.examples.backup.moment.ChangedBlocks;
import org.dmuser.examples.backup.repository.format.ImageLayout;

/** The chunks of a device that something of has changed, piece by piece, from the first to the last. One thread. */
final class WantedPieces {
    private final ChangedBlocks changed;
    private final long size;
    private final long chunks;
    private long next;

    WantedPieces(ChangedBlocks changed, long size) {
        this.changed = changed;
        this.size = size;
        chunks = ImageLayout.chunks(size);
    }

    /** The next piece; null if there is none. */
    Piece next() {
        long first = nextWanted(next);
        if (first >= chunks) {
            next = chunks;
            return null;
        }
        long end = Math.min(first + Piece.CHUNKS_MAX, chunks);
        long last = first + 1;
        while (last < end && isWanted(last)) {
            last++;
        }
        next = last;
        return new Piece(first, (int) (last - first));
    }

    private long nextWanted(long chunk) {
        if (chunk >= chunks) {
            return chunks;
        }
        long offset = changed.next(chunk * ImageLayout.CHUNK);
        return offset < 0 ? chunks : offset / ImageLayout.CHUNK;
    }

    private boolean isWanted(long chunk) {
        return changed.touches(chunk * ImageLayout.CHUNK, ImageLayout.CHUNK);
    }

    /** Bytes of all pieces of the device. */
    static long bytes(ChangedBlocks changed, long size) {
        WantedPieces pieces = new WantedPieces(changed, size);
        long bytes = 0;
        for (Piece piece = pieces.next(); piece != null; piece = pieces.next()) {
            bytes += piece.length(size);
        }
        return bytes;
    }
}
