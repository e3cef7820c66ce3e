package org.dmuser.examples.backup.repository;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.dmuser.examples.backup.repository.crypto.Sealer;
import org.dmuser.examples.backup.repository.format.ChunkId;
import org.dmuser.examples.backup.repository.format.ChunkType;
import org.dmuser.examples.backup.repository.format.ImageLayout;
import org.dmuser.examples.backup.repository.format.PackDirectory;
import org.dmuser.examples.backup.repository.format.PackFile;
import org.dmuser.examples.backup.repository.storage.Storage;

/**
 * Stores chunks that are not there yet.
 *
 * <pre>
 *   put:   zero? known? otherwise compress, seal, append to a pack     any number of threads
 *   flush: finish packs -> index file -> storage.sync                  one thread, while none puts
 * </pre>
 *
 * <p>The crash argument: a point is written after {@code flush} has returned, and then every chunk below it is in a
 * pack that is durable and indexed. Before that, whatever is lost is named by no point. The next writer compares the
 * index with the packs there are: those it does not list are added, and need not be written again; what was in those it
 * lists in vain is written again. So no order is needed between packs and index, and one sync does for both.
 *
 * <p>The repository is locked for writing as long as a writer is open.
 */
public final class ChunkWriter implements AutoCloseable {
    /** Chunks whose directories are kept for the next index file: some megabytes. */
    private static final int UNINDEXED_MAX = 64 * 1024;

    private final Storage storage;
    private final Index index;
    private final Codecs codecs;
    private final PackWriter packs;
    /** Chunks on their way into a pack, which the index does not know before the pack has its name. */
    private final ConcurrentHashMap<ChunkId, Boolean> underWay = new ConcurrentHashMap<>();

    private final ChunkIndex chunks;
    private final Sealer metadata;
    /**
     * What no index file says yet. Belongs to the thread that finishes packs, and to whoever flushes, which waits for
     * it.
     */
    private final Map<String, PackDirectory> unindexed = new LinkedHashMap<>();

    private int unindexedChunks;
    private final AtomicLong newChunks = new AtomicLong();

    ChunkWriter(Storage storage, Index index, Codecs codecs, Sealer metadata) throws IOException {
        this.storage = storage;
        this.index = index;
        this.codecs = codecs;
        this.metadata = metadata;
        unindexed.putAll(index.prepareToWrite());
        chunks = index.chunks();
        packs = new PackWriter(storage, metadata, this::finished);
    }

    /**
     * Stores a chunk, unless it is there or is zero. It may be read after the next {@link #flush}.
     *
     * @param content all that remains of it; its position does not move; a direct buffer saves a copy
     * @throws IllegalArgumentException if it has more bytes than {@link ImageLayout#CHUNK_MAX}
     */
    public ChunkId put(ChunkType type, ByteBuffer content) throws IOException {
        if (content.remaining() > ImageLayout.CHUNK_MAX) {
            throw new IllegalArgumentException(
                    content.remaining() + " bytes are no chunk: the most is " + ImageLayout.CHUNK_MAX);
        }
        if (type != ChunkType.ROOT && Zeros.only(content)) {
            return ChunkId.ZERO;
        }
        ChunkCodec codec = codecs.borrow();
        try {
            ChunkId id = codec.id(content);
            if (claim(id)) {
                ByteBuffer stored = codec.encode(type, content);
                packs.append(id, stored, content.remaining(), ChunkCodec.checksum(stored), codec.kind());
                newChunks.incrementAndGet();
            }
            return id;
        } catch (IOException | RuntimeException | Error e) {
            // Others that put the same chunk believe that it is stored.
            packs.fail(e);
            throw e;
        } finally {
            codecs.giveBack(codec);
        }
    }

    /** Whether it is for the caller to store this chunk. */
    private boolean claim(ChunkId id) {
        if (underWay.putIfAbsent(id, Boolean.TRUE) != null) {
            return false;
        }
        // In this order: a chunk enters the index before it leaves underWay.
        boolean known = chunks.find(id) >= 0;
        if (known) {
            underWay.remove(id);
        }
        return !known;
    }

    /** Whether a chunk is there, or on its way, and need not be put. */
    public boolean knows(ChunkId id) {
        return underWay.containsKey(id) || chunks.find(id) >= 0;
    }

    /** A pack has its name. Called by one thread at a time. */
    private void finished(String pack, PackDirectory directory) throws IOException {
        chunks.add(pack, directory, PackFile.size(directory, metadata));
        for (int i = 0; i < directory.count(); i++) {
            underWay.remove(directory.id(i));
        }
        unindexed.put(pack, directory);
        unindexedChunks += directory.count();
        if (unindexedChunks >= UNINDEXED_MAX) {
            writeIndex();
        }
    }

    private void writeIndex() throws IOException {
        if (!unindexed.isEmpty()) {
            index.files().write(unindexed);
            unindexed.clear();
            unindexedChunks = 0;
        }
    }

    /** Begins what {@link #flush} does, for who puts nothing more before that and has something else to do. */
    public void beginFlush() {
        packs.beginFinish();
    }

    /**
     * Everything put is durable, and to be found by whoever opens the repository from now on.
     *
     * @throws IOException also if an earlier put failed
     */
    public void flush() throws IOException {
        packs.finish();
        writeIndex();
        storage.sync();
        index.files().merge();
    }

    /** Chunks stored by this writer, not counting those that were there. */
    public long newChunks() {
        return newChunks.get();
    }

    /** Bytes in packs of {@link #newChunks}. */
    public long newBytes() {
        return packs.writtenBytes();
    }

    /** What was put since the last flush may be lost, except that packs already named are found by the next writer. */
    @Override
    public void close() throws IOException {
        packs.close();
        codecs.close();
    }
}
