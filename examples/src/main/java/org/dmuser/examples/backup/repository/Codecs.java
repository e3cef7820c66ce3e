package org.dmuser.examples.backup.repository;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;
import org.dmuser.examples.backup.repository.crypto.Sealer;

/** Lends codecs, as many as there are threads that want one. Threads: any number. */
final class Codecs implements AutoCloseable {
    private final Supplier<Sealer> sealers;
    private final Deque<ChunkCodec> idle = new ArrayDeque<>();
    private boolean closed;

    Codecs(Supplier<Sealer> sealers) {
        this.sealers = sealers;
    }

    ChunkCodec borrow() {
        synchronized (this) {
            // The last one given back: its buffers are still in the caches of the processor.
            ChunkCodec codec = idle.pollLast();
            if (codec != null) {
                return codec;
            }
        }
        return new ChunkCodec(sealers.get());
    }

    synchronized void giveBack(ChunkCodec codec) {
        if (closed) {
            codec.close();
        } else {
            idle.addLast(codec);
        }
    }

    /** Another lender of the same, to be closed for itself. */
    Codecs another() {
        return new Codecs(sealers);
    }

    /** Those lent are closed when they come back. */
    @Override
    public synchronized void close() {
        closed = true;
        idle.forEach(ChunkCodec::close);
        idle.clear();
    }
}
