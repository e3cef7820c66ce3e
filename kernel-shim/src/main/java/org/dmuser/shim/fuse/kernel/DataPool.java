package org.dmuser.shim.fuse.kernel;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.agrona.BufferUtil;
import org.agrona.ErrorHandler;
import org.dmuser.shim.file.IoContext;
import org.dmuser.shim.fuse.protocol.Negotiation;

/**
 * Memory for the data of requests, which all devices of a process share: as much as there is under way, and a little
 * more. Any thread.
 *
 * <p>Whose a piece is:
 *
 * <pre>
 *   the pool's       while it is free
 *   a request's      from before it is received, because nobody knows how long it will be, until it has been answered;
 *                    a reader that answers a request itself keeps both for the next one, and does not come here
 *   nobody's         when the time of its request was up, or its device threw: whoever hangs may write to it still,
 *                    so it is never put back, and freed by the garbage collector when he has let go of it
 * </pre>
 *
 * <p>What was put back last is given out first, for it is in the processor's caches. The others may be freed by {@link
 * #trim} if they are not needed for some time. The lock is held for some instructions only.
 */
final class DataPool {
    private static final DataPool OF_PROCESS = new DataPool();

    /** Memory is not asked for so soon after there was none: that takes long each time. */
    private static final long SHORTAGE_NS = 1_000_000_000;

    /**
     * As much as a request can have.
     *
     * @param whole what is to be freed
     * @param data the part of it that is used, aligned
     */
    record Piece(ByteBuffer whole, ByteBuffer data) {
        private static Piece allocate() {
            ByteBuffer whole = ByteBuffer.allocateDirect(Negotiation.TRANSFER_SIZE_MAX + IoContext.ALIGNMENT);
            return new Piece(whole, whole.alignedSlice(IoContext.ALIGNMENT).slice(0, Negotiation.TRANSFER_SIZE_MAX));
        }
    }

    /** Guarded by this object, as the next one is. */
    private final Deque<Piece> free = new ArrayDeque<>();

    /** How many were free at least since the last trim. */
    private int leastFree;

    private volatile long shortSinceNs = System.nanoTime() - SHORTAGE_NS;

    /** That of this process. */
    static DataPool ofProcess() {
        return OF_PROCESS;
    }

    /**
     * A piece for a request; null if there is none.
     *
     * @param errors told so, once a second at most
     */
    Piece take(ErrorHandler errors) {
        Piece piece = takeFree();
        return piece == null ? allocate(errors) : piece;
    }

    private synchronized Piece takeFree() {
        Piece piece = free.pollFirst();
        leastFree = Math.min(leastFree, free.size());
        return piece;
    }

    private Piece allocate(ErrorHandler errors) {
        if (System.nanoTime() - shortSinceNs < SHORTAGE_NS) {
            return null;
        }
        try {
            return Piece.allocate();
        } catch (OutOfMemoryError e) {
            shortSinceNs = System.nanoTime();
            errors.onError(new IllegalStateException(
                    "no memory for the data of more requests, so they fail with EAGAIN: have fewer under way, or allow"
                            + " more with -XX:MaxDirectMemorySize",
                    e));
            return null;
        }
    }

    /** It is nobody else's any more. */
    synchronized void putBack(Piece piece) {
        free.addFirst(piece);
    }

    /** Frees what has not been needed since this was called last. */
    void trim() {
        for (Piece piece : takeUnneeded()) {
            BufferUtil.free(piece.whole());
        }
    }

    private synchronized List<Piece> takeUnneeded() {
        List<Piece> unneeded = new ArrayList<>(leastFree);
        for (int i = 0; i < leastFree; i++) {
            unneeded.add(free.removeLast());
        }
        leastFree = free.size();
        return unneeded;
    }

    /** Pieces that could be had without allocating them. */
    synchronized int free() {
        return free.size();
    }
}
