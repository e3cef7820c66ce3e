package org.dmuser.examples.backup.repository.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.dmuser.sdk.filter.RateLimit;

/**
 * Lets only so many bytes of objects a second be read and written, all threads together, locks left out. Once work is
 * to stop, nothing waits any more: what it has under way is little, and finished at once.
 *
 * <p>Counted is what passes here, and when it does: an {@link Upload} to S3 is collected at this rate, and then sent as
 * fast as the network takes it, once more for each attempt.
 */
public final class LimitedStorage implements Storage {
    /** What may pass at once after a quiet time. */
    private static final long BURST = 1 << 20;

    private final Storage next;
    private final RateLimit limit;
    private final StopRequest stop;

    /** @param next closed with this */
    public LimitedStorage(Storage next, long bytesPerSecond, StopRequest stop) {
        this.next = next;
        this.stop = stop;
        limit = new RateLimit(bytesPerSecond, BURST);
    }

    private void take(long length) throws IOException {
        stop.await(limit.reserve(length), "what --limit held back");
    }

    @Override
    public String url() {
        return next.url();
    }

    @Override
    public boolean isLocal() {
        return next.isLocal();
    }

    @Override
    public void create(List<String> folders) throws IOException {
        next.create(folders);
    }

    @Override
    public void put(String name, ByteBuffer content) throws IOException {
        take(content.remaining());
        next.put(name, content);
    }

    /** Locks: one that is not renewed in time counts no more. */
    @Override
    public void putTransient(String name, ByteBuffer content) throws IOException {
        next.putTransient(name, content);
    }

    @Override
    public Upload upload() throws IOException {
        return new LimitedUpload(next.upload());
    }

    @Override
    public void read(String name, long offset, ByteBuffer dst) throws IOException {
        take(dst.remaining());
        next.read(name, offset, dst);
    }

    /** Nobody knows how much it is until it is there; then the next one waits. */
    @Override
    public ByteBuffer read(String name) throws IOException {
        ByteBuffer content = next.read(name);
        take(content.remaining());
        return content;
    }

    @Override
    public List<StoredObject> list(String folder) throws IOException {
        return next.list(folder);
    }

    @Override
    public void delete(String name) throws IOException {
        next.delete(name);
    }

    @Override
    public void removeAbandoned() throws IOException {
        next.removeAbandoned();
    }

    @Override
    public void sync() throws IOException {
        next.sync();
    }

    @Override
    public void close() throws IOException {
        next.close();
    }

    private final class LimitedUpload implements Upload {
        private final Upload upload;

        LimitedUpload(Upload upload) {
            this.upload = upload;
        }

        @Override
        public void write(long offset, ByteBuffer src) throws IOException {
            take(src.remaining());
            upload.write(offset, src);
        }

        @Override
        public void complete(String name) throws IOException {
            upload.complete(name);
        }

        @Override
        public void close() throws IOException {
            upload.close();
        }
    }
}
