package org.dmuser.examples.backup.repository;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import org.dmuser.examples.backup.repository.format.ChunkId;
import org.dmuser.examples.backup.repository.format.DamagedException;
import org.dmuser.examples.backup.repository.storage.Storage;

/**
 * Gives back chunks, every one of them checked against its id before it is handed out. Threads: any number.
 */
public final class ChunkReader implements AutoCloseable {
    private static final int ZERO_BLOCK = 64 * 1024;

    private final Storage storage;
    private final Index index;
    private final Codecs codecs;

    ChunkReader(Storage storage, Index index, Codecs codecs) {
        this.storage = storage;
        this.index = index;
        this.codecs = codecs;
    }

    /**
     * Puts a chunk at the buffer's position, which is left behind it. {@link ChunkId#ZERO} fills all that remains with
     * zeros.
     *
     * @param dst with room for the chunk; a direct one saves a copy
     * @return bytes of the chunk
     * @throws DamagedException if the chunk is gone, is not what it was, or has more bytes than there is room for; what
     *     is in {@code dst} then means nothing, and its position has not moved
     */
    public int read(ChunkId id, ByteBuffer dst) throws IOException {
        int start = dst.position();
        if (id.isZero()) {
            fillWithZeros(dst);
        } else {
            readStored(id, dst);
        }
        return dst.position() - start;
    }

    private void readStored(ChunkId id, ByteBuffer dst) throws IOException {
        ChunkIndex.Place place = index.place(id);
        if (place == null) {
            throw new DamagedException("chunk " + id, "no pack holds it");
        }
        String object = Names.pack(place.pack());
        ChunkCodec codec = codecs.borrow();
        try {
            ByteBuffer stored = codec.stored(place.storedLength());
            storage.read(object, place.offset(), stored);
            codec.decode(id, object, stored.flip(), place.kind(), dst);
        } catch (NoSuchFileException e) {
            throw new DamagedException(object, "it is gone, and chunk " + id + " with it");
        } catch (EOFException e) {
            throw new DamagedException(object, "it was cut off: " + e.getMessage() + ", before the end of chunk " + id);
        } finally {
            codecs.giveBack(codec);
        }
    }

    private static void fillWithZeros(ByteBuffer dst) {
        while (dst.hasRemaining()) {
            dst.put(Zeros.block(Math.min(ZERO_BLOCK, dst.remaining())));
        }
    }

    @Override
    public void close() {
        codecs.close();
    }
}
