package org.dmuser.sdk;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.dmuser.channel.Errno;

/** Zero-filled writes in bounded pieces, from one read-only buffer that all handlers share. */
public final class Zeroes {
    /** The longest piece, in bytes. */
    public static final int PIECE_MAX = 64 * 1024;

    private static final ByteBuffer ZEROES =
            ByteBuffer.allocateDirect(PIECE_MAX).asReadOnlyBuffer();

    /** Each thread's view of the zeros, and null while it is lent out: a write may come back here through a filter. */
    private static final ThreadLocal<ByteBuffer> VIEW = ThreadLocal.withInitial(ZEROES::duplicate);

    private Zeroes() {}

    /** Calls {@link BlockHandler#write} of {@code handler} with zeros until the range is covered. */
    public static void write(BlockHandler handler, long offset, long length) throws IOException {
        ByteBuffer borrowed = VIEW.get();
        ByteBuffer view = borrowed == null ? ZEROES.duplicate() : borrowed;
        VIEW.set(null);
        try {
            long end = offset + length;
            for (long at = offset; at < end; at += PIECE_MAX) {
                writePiece(handler, at, view.clear().limit((int) Math.min(PIECE_MAX, end - at)));
            }
        } finally {
            VIEW.set(view);
        }
    }

    private static void writePiece(BlockHandler handler, long offset, ByteBuffer zeroes) throws IOException {
        int length = zeroes.limit();
        handler.write(offset, zeroes);
        if (zeroes.position() != length || zeroes.limit() != length) {
            throw new BlockException(
                    Errno.EIO,
                    "write at offset " + offset + " left " + (length - zeroes.position()) + " of " + length
                            + " zeros unwritten");
        }
    }
}
