package org.dmuser.sdk.filter;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.dmuser.sdk.BlockHandler;
import org.dmuser.sdk.DeviceInfo;
import org.dmuser.sdk.ThreadModel;

/**
 * A handler in front of another, to which everything goes unless it is overridden:
 *
 * <pre>{@code
 * record NoDiscard(BlockHandler next) implements FilterBlockHandler {
 *     @Override
 *     public void discard(long offset, long length) {}
 * }
 * }</pre>
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
    default void writeFua(long offset, ByteBuffer src) throws IOException {
        next().writeFua(offset, src);
    }

    @Override
    default void flush() throws IOException {
        next().flush();
    }

    @Override
    default void discard(long offset, long length) throws IOException {
        next().discard(offset, length);
    }

    @Override
    default void writeZeroes(long offset, long length) throws IOException {
        next().writeZeroes(offset, length);
    }

    @Override
    default void close() throws IOException {
        next().close();
    }
}
