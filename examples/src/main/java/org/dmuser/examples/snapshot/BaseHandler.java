package org.dmuser.examples.snapshot;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.dmuser.channel.Errno;
import org.dmuser.examples.snapshot.store.Base;
import org.dmuser.sdk.BlockException;
import org.dmuser.sdk.BlockHandler;
import org.dmuser.sdk.ThreadModel;

/** A device that is what a base is, and read-only. */
public final class BaseHandler implements BlockHandler {
    private final Base base;

    /** The base is closed with the handler. */
    public BaseHandler(Base base) {
        this.base = base;
    }

    @Override
    public long size() {
        return base.size();
    }

    @Override
    public boolean readOnly() {
        return true;
    }

    @Override
    public ThreadModel threadModel() {
        return ThreadModel.PARALLEL;
    }

    @Override
    public void read(long offset, ByteBuffer dst) throws IOException {
        base.read(offset, dst);
    }

    @Override
    public void write(long offset, ByteBuffer src) throws IOException {
        throw new BlockException(Errno.EROFS, "read-only");
    }

    /** Nothing was written. */
    @Override
    public void flush() {}

    @Override
    public void close() throws IOException {
        base.close();
    }
}
