package org.dmuser.examples.backup.work;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.dmuser.examples.backup.repository.ChunkReader;
import org.dmuser.examples.backup.repository.ImageTree;
import org.dmuser.examples.backup.repository.Point;
import org.dmuser.examples.backup.repository.format.ChunkId;
import org.dmuser.examples.backup.repository.format.ImageLayout;
import org.dmuser.examples.snapshot.store.Base;

/**
 * A restore point as what a device is made of: chunks are fetched when something of them is read, and the last ones
 * kept. Any number of threads; two that want the same chunk fetch it once.
 *
 * <p>A device is whole sectors: where the image ends within one, zeros follow, to its end.
 */
public final class PointBase implements Base {
    /** 16 MiB. */
    private static final int KEPT = 64;

    private static final int SECTOR = 512;

    private final ChunkReader chunks;
    private final ImageTree tree;
    private final Kept[] kept = new Kept[KEPT];

    /** A place for one chunk at a time; its monitor is held while that is fetched and copied. */
    private static final class Kept {
        private long chunk = -1;
        private ByteBuffer content;
    }

    private PointBase(ChunkReader chunks, ImageTree tree) {
        this.chunks = chunks;
        this.tree = tree;
        for (int i = 0; i < KEPT; i++) {
            kept[i] = new Kept();
        }
    }

    /** Opens one; {@code chunks} is closed with it. */
    public static PointBase open(ChunkReader chunks, Point point) throws IOException {
        return new PointBase(chunks, ImageTree.open(chunks, point.root(), point.size()));
    }

    @Override
    public long size() {
        return tree.size() + padding(tree.size());
    }

    /** Zeros that follow an image of that many bytes. */
    public static int padding(long imageSize) {
        return (int) (-imageSize & SECTOR - 1);
    }

    @Override
    public void read(long offset, ByteBuffer dst) throws IOException {
        int end = dst.limit();
        while (dst.position() < end) {
            long chunk = offset / ImageLayout.CHUNK;
            int from = (int) (offset % ImageLayout.CHUNK);
            int length = Math.min(end - dst.position(), ImageLayout.CHUNK - from);
            dst.limit(dst.position() + length);
            readPart(chunk, from, dst);
            dst.limit(end);
            offset += length;
        }
    }

    private void readPart(long chunk, int from, ByteBuffer dst) throws IOException {
        ChunkId id = tree.chunk(chunk);
        if (id.isZero()) {
            chunks.read(id, dst);
            return;
        }
        Kept place = kept[(int) (chunk % KEPT)];
        synchronized (place) {
            if (place.chunk != chunk) {
                fetch(place, chunk, id);
            }
            dst.put(dst.position(), place.content, from, dst.remaining());
        }
        dst.position(dst.limit());
    }

    private void fetch(Kept place, long chunk, ChunkId id) throws IOException {
        if (place.content == null) {
            place.content = ByteBuffer.allocateDirect(ImageLayout.CHUNK);
        }
        place.chunk = -1;
        int length = ImageLayout.length(tree.size(), chunk);
        ContentLength.require(id, length, chunks.read(id, place.content.clear().limit(length)));
        place.content.limit(length + padding(length));
        while (place.content.hasRemaining()) {
            place.content.put((byte) 0);
        }
        place.chunk = chunk;
    }

    @Override
    public void close() {
        chunks.close();
    }
}
