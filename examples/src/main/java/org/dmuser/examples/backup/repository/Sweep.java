package org.dmuser.examples.backup.repository;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.dmuser.examples.backup.repository.crypto.Sealer;
import org.dmuser.examples.backup.repository.format.ChunkId;
import org.dmuser.examples.backup.repository.format.DamagedException;
import org.dmuser.examples.backup.repository.format.PackDirectory;
import org.dmuser.examples.backup.repository.format.PackFile;
import org.dmuser.examples.backup.repository.storage.Storage;
import org.dmuser.examples.backup.repository.storage.StoredObject;

/**
 * Removes chunks that no point needs: whole packs of them at once, and packs with much waste by writing what is needed
 * of them into new ones.
 *
 * <pre>
 *   what breaks off                              leaves
 *   1 rewrite: new packs written, sync           packs that no index lists: the next writer adds them
 *   2 remove:  new index files written, sync     chunks listed in two packs, and both are there
 *   3          old index files deleted, sync     packs that no index lists
 *   4          packs without need deleted, sync  some of those
 * </pre>
 *
 * <p>Points that are to go do so between 1 and 2: all that stays has been read then, so damage is found before anything
 * is removed.
 *
 * <p>At no step does an index file list a pack that is gone, and at each step every chunk a point needs is in a pack
 * that an index file lists. Nothing is removed if anything a point needs is missing. For one thread, the repository
 * being locked for nobody else.
 */
public final class Sweep {
    /** Packs smaller than this, where there are several, are made into larger ones. */
    private static final long SMALL_PACK = 8L * 1024 * 1024;

    private static final int SMALL_PACKS_MAX = 8;

    private final Storage storage;
    private final Index index;
    private final Sealer sealer;
    private final Points.Guard guard;
    private final BitSet needed = new BitSet();
    private final Map<String, Long> rewritten = new LinkedHashMap<>();
    private final Map<String, Long> dead = new LinkedHashMap<>();
    private final Map<String, PackDirectory> added = new LinkedHashMap<>();
    private Map<String, PackDirectory> unindexed = Map.of();
    private long rewrittenBytes;

    Sweep(Storage storage, Index index, Sealer sealer, Points.Guard guard) {
        this.storage = storage;
        this.index = index;
        this.sealer = sealer;
        this.guard = guard;
    }

    /** Told how far it is. */
    public interface Progress {
        /**
         * Called after each chunk, and before each pack that is deleted.
         *
         * @param bytes of packs dealt with so far
         * @param ofBytes that are to be dealt with in all
         * @throws IOException to break it off
         */
        void at(long bytes, long ofBytes) throws IOException;
    }

    void plan(ChunkReader reader, Collection<Point> live, int wastePercentMax) throws IOException {
        unindexed = index.prepareToWrite();
        for (Point point : live) {
            new Marking(reader, index, needed).mark(point);
        }
        Map<String, Long> sizes = index.chunks().packSizes();
        Map<String, Long> neededBytes = index.chunks().storedBytes(needed);
        BitSet all = new BitSet();
        all.set(0, index.chunks().count());
        Map<String, Long> chunkBytes = index.chunks().storedBytes(all);
        long small = sizes.values().stream().filter(size -> size < SMALL_PACK).count();
        neededBytes.forEach((pack, bytes) -> {
            long waste = chunkBytes.get(pack) - bytes;
            boolean merged = small > SMALL_PACKS_MAX && sizes.get(pack) < SMALL_PACK;
            if (bytes == 0) {
                dead.put(pack, sizes.get(pack));
            } else if (100 * waste > wastePercentMax * chunkBytes.get(pack) || merged) {
                rewritten.put(pack, sizes.get(pack));
                rewrittenBytes += bytes;
            }
        });
    }

    /** Packs that go as they are. */
    public int deadPacks() {
        return dead.size();
    }

    /** Packs of which the part that is needed is written anew. */
    public int rewrittenPacks() {
        return rewritten.size();
    }

    /** Bytes by which the repository becomes smaller, but for some hundred. */
    public long freedBytes() {
        return total(dead) + total(rewritten) - rewrittenBytes;
    }

    private static long total(Map<String, Long> sizes) {
        return sizes.values().stream().mapToLong(Long::longValue).sum();
    }

    /**
     * Writes anew what is needed of packs with much waste. To be called once, before {@link #remove}.
     *
     * @throws DamagedException if something that is needed cannot be read
     */
    public void rewrite(Progress progress) throws IOException {
        storage.removeAbandoned();
        long done = 0;
        try (PackWriter writer = new PackWriter(storage, sealer, added::put)) {
            for (Map.Entry<String, Long> pack : rewritten.entrySet()) {
                long before = done;
                long ofBytes = total(rewritten);
                copy(pack.getKey(), pack.getValue(), writer, offset -> progress.at(before + offset, ofBytes));
                done += pack.getValue();
                progress.at(done, ofBytes);
            }
            writer.finish();
        }
        storage.sync();
    }

    /** Removes it. */
    public void remove(Progress progress) throws IOException {
        if (dead.isEmpty() && rewritten.isEmpty()) {
            return;
        }
        Set<String> dropped = new LinkedHashSet<>(dead.keySet());
        dropped.addAll(rewritten.keySet());
        unindexed.forEach((pack, directory) -> {
            if (!dropped.contains(pack)) {
                added.put(pack, directory);
            }
        });
        // Packs written anew may come out the same as they were: those stay.
        dropped.removeAll(added.keySet());
        guard.requireLocked();
        index.files().rewrite(dropped, added);
        guard.requireLocked();
        for (String pack : dropped) {
            progress.at(total(rewritten), total(rewritten));
            storage.delete(Names.pack(pack));
        }
        storage.sync();
        index.forget();
    }

    /** Told of each chunk that it has been dealt with, and where it ends. */
    private interface Passed {
        void chunk(long end) throws IOException;
    }

    private void copy(String pack, long size, PackWriter writer, Passed passed) throws IOException {
        PackDirectory directory = index.packs().directory(new StoredObject(pack, size, 0));
        int firstEntry = index.chunks().firstEntry(pack);
        String object = Names.pack(pack);
        long offset = PackFile.HEADER;
        for (int i = 0; i < directory.count(); i++) {
            int length = directory.storedLength(i);
            if (needed.get(firstEntry + i)) {
                ByteBuffer stored = read(object, offset, length, directory.id(i));
                if (ChunkCodec.checksum(stored) != directory.crc(i)) {
                    throw ChunkCodec.damaged(directory.id(i), object, "its checksum does not match");
                }
                writer.append(directory.id(i), stored, directory.plainLength(i), directory.crc(i), directory.kind(i));
            }
            offset += length;
            passed.chunk(offset);
        }
    }

    private ByteBuffer read(String object, long offset, int length, ChunkId id) throws IOException {
        ByteBuffer stored = ByteBuffer.allocate(length);
        try {
            storage.read(object, offset, stored);
            return stored.flip();
        } catch (EOFException e) {
            throw new DamagedException(object, "it was cut off before the end of chunk " + id);
        }
    }
}
