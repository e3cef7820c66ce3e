package org.dmuser.sdk.filter;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.dmuser.sdk.BlockHandler;
import org.dmuser.sdk.Operation;

/** A filter that does the same thing before every request, which then goes on as it is: waits, or fails it. */
record BeforeEach(BlockHandler next, Action action) implements FilterBlockHandler {
    /** What is done. A thrown exception fails the request, which then does not reach the handler. */
    @FunctionalInterface
    interface Action {
        void before(Operation operation, long offset, long length) throws IOException;
    }

    @Override
    public void read(long offset, ByteBuffer dst) throws IOException {
        action.before(Operation.READ, offset, dst.remaining());
        next.read(offset, dst);
    }

    @Override
    public void write(long offset, ByteBuffer src) throws IOException {
        action.before(Operation.WRITE, offset, src.remaining());
        next.write(offset, src);
    }

    @Override
    public void writeFua(long offset, ByteBuffer src) throws IOException {
        action.before(Operation.WRITE, offset, src.remaining());
        next.writeFua(offset, src);
    }

    @Override
    public void flush() throws IOException {
        action.before(Operation.FLUSH, 0, 0);
        next.flush();
    }

    @Override
    public void discard(long offset, long length) throws IOException {
        action.before(Operation.DISCARD, offset, length);
        next.discard(offset, length);
    }

    @Override
    public void writeZeroes(long offset, long length) throws IOException {
        action.before(Operation.WRITE_ZEROES, offset, length);
        next.writeZeroes(offset, length);
    }
}
