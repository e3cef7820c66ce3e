package org.dmuser.examples.snapshot;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.function.BooleanSupplier;
import org.dmuser.examples.snapshot.store.Base;

/** Copies a base to a file, with holes where it is zeros. */
public final class SparseCopy {
    private static final int PIECE = 1 << 20;

    /** What becomes a hole, at least. */
    private static final int GRAIN = 4096;

    private SparseCopy() {}

    /**
     * Copies all of it, and makes it last.
     *
     * @param target empty
     * @param stop asked now and then
     * @return false if it was stopped
     */
    public static boolean copy(Base base, FileChannel target, BooleanSupplier stop) throws IOException {
        ByteBuffer piece = ByteBuffer.allocateDirect(PIECE);
        for (long offset = 0; offset < base.size(); offset += PIECE) {
            if (stop.getAsBoolean()) {
                return false;
            }
            base.read(offset, piece.clear().limit((int) Math.min(PIECE, base.size() - offset)));
            write(target, offset, piece.flip());
        }
        // The end may be a hole.
        if (target.size() < base.size()) {
            target.write(ByteBuffer.allocate(1), base.size() - 1);
        }
        target.force(true);
        return true;
    }

    private static void write(FileChannel target, long offset, ByteBuffer piece) throws IOException {
        int end = piece.limit();
        int from = 0;
        while (from < end) {
            boolean zero = isZero(piece, from, end);
            int to = from;
            while (to < end && isZero(piece, to, end) == zero) {
                to = Math.min(end, to + GRAIN);
            }
            piece.limit(to).position(from);
            while (!zero && piece.hasRemaining()) {
                target.write(piece, offset + piece.position());
            }
            piece.limit(end);
            from = to;
        }
    }

    private static boolean isZero(ByteBuffer piece, int from, int end) {
        for (int i = from; i < Math.min(end, from + GRAIN); i += Long.BYTES) {
            // A device is whole sectors, so there are always eight bytes.
            if (piece.getLong(i) != 0) {
                return false;
            }
        }
        return true;
    }
}
