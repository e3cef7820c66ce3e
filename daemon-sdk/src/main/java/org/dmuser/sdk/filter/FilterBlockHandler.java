package org.dmuser.sdk.filter;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.dmuser.sdk.BlockHandler;
import org.dmuser.sdk.DeviceInfo;
import org.dmuser.sdk.ThreadModel;

/**
 * A handler in front of another, to which reads, writes and flushes go unless they are overridden:
 *
 * <pre>{@code
 * record WriteProtect(BlockHandler next) implements FilterBlockHandler {
 *     @Override
 *     public boolean readOnly() {
 *         return true;
 *     }
 * }
 * }</pre>
 *
 * <p>What it does not override goes through its own {@link #read}, {@link #write} and {@link #flush}:
 * {@link #writeFua} and {@link #writeZeroes} do what they do in any {@link BlockHandler}, and {@link #discard} is not
 * supported, since the zeros it leaves behind the filter need not be zeros in front of it. So a filter that changes
 * data overrides two methods and misses none of it. One that leaves data alone may override the three others to call
 * those of {@link #next}, which are likely to be quicker.
 *
 * <p>A filter that changes data needs a buffer of its own: that of a write must not be changed. One that is not ready
 * for several threads overrides {@link #threadModel} with {@link ThreadModel#SERIAL}.
 */
public interface FilterBlockHandler extends BlockHandler {
    /** Who is behind this one. Always the same. */
    BlockHandler next();

    @Override
    default long size() {
        return next().size();
    }

    @Override
    default boolean readOnly() {
        return next().readOnly();
    }

    @Override
    default ThreadModel threadModel() {
        return next().threadModel();
    }

    @Override
    default void open(DeviceInfo device) throws IOException {
        next().open(device);
    }

    @Override
    default void read(long offset, ByteBuffer dst) throws IOException {
        next().read(offset, dst);
    }

    @Override
    default void write(long offset, ByteBuffer src) throws IOException {
        next().write(offset, src);
    }

    @Override
    default void flush() throws IOException {
        next().flush();
    }

    @Override
    default void close() throws IOException {
        next().close();
    }
}
