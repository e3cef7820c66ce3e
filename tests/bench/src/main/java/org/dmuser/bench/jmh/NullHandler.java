package org.dmuser.bench.jmh;

import java.nio.ByteBuffer;
import org.dmuser.sdk.BlockHandler;
import org.dmuser.sdk.ThreadModel;

/** Does nothing, and says it is done. */
final class NullHandler implements BlockHandler {
    @Override
    public ThreadModel threadModel() {
        return ThreadModel.PARALLEL;
    }

    @Override
    public void read(long offset, ByteBuffer dst) {
        dst.position(dst.limit());
    }

    @Override
    public void write(long offset, ByteBuffer src) {
        src.position(src.limit());
    }

    @Override
    public void flush() {}
}
