package org.dmuser.examples.pattern;

import java.nio.ByteBuffer;
import org.dmuser.channel.Errno;
import org.dmuser.sdk.BlockException;
import org.dmuser.sdk.BlockHandler;
import org.dmuser.sdk.ThreadModel;

/**
 * Every 8 bytes hold their own offset, big-endian. Shows the least a handler has to do; useful to see at once when
 * something reads from the wrong place.
 *
 * <pre>{@code
 * dmuser run pattern --size 1T --at /tmp/pattern
 * od -A d -t x8 --endian=big -j 1G -N 64 /tmp/pattern
 * }</pre>
 */
public final class PatternHandler implements BlockHandler {
    @Override
    public boolean readOnly() {
        return true;
    }

    @Override
    public ThreadModel threadModel() {
        return ThreadModel.PARALLEL;
    }

    /** Offsets and lengths are multiples of 512, so of 8; buffers are big-endian when they come. */
    @Override
    public void read(long offset, ByteBuffer dst) {
        while (dst.hasRemaining()) {
            dst.putLong(offset);
            offset += Long.BYTES;
        }
    }

    /** Not called, since the handler is read-only. */
    @Override
    public void write(long offset, ByteBuffer src) throws BlockException {
        throw new BlockException(Errno.EROFS, "the pattern cannot be changed");
    }

    @Override
    public void flush() {}
}
