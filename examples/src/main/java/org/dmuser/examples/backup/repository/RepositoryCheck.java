package org.dmuser.examples.backup.repository;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.dmuser.examples.backup.repository.format.ChunkId;
import org.dmuser.examples.backup.repository.format.DamagedException;
import org.dmuser.examples.backup.repository.format.ImageLayout;
import org.dmuser.examples.backup.repository.format.PackDirectory;
import org.dmuser.examples.backup.repository.format.PackFile;
import org.dmuser.examples.backup.repository.storage.Storage;
import org.dmuser.examples.backup.repository.storage.StoredObject;

/**
 * Checks what is stored, piece by piece, so that whoever asks can show progress and use several threads.
 *
 * <pre>
 *   1 index()           its files are whole; every pack they list is there, of the right length
 *   2 pack(...)         for each of packs(): its directory; or each byte of it       any number of threads
 *   3 point(...)        for each point: all it needs is there, and was not found damaged in 2
 * </pre>
 *
 * <p>Findings are returned. What cannot be read at all for other reasons (a disk, the network) is thrown.
 */
public final class RepositoryCheck implements AutoCloseable {
    private final Storage storage;
    private final Index index;
    private final Codecs codecs;
    private final List<StoredObject> packs;
    private final Set<String> damagedPacks = ConcurrentHashMap.newKeySet();
    private final Set<ChunkId> damagedChunks = ConcurrentHashMap.newKeySet();
    private final Set<StoredObject> withDamage = ConcurrentHashMap.newKeySet();

    RepositoryCheck(Storage storage, Index index, Codecs codecs) throws IOException {
        this.storage = storage;
        this.index = index;
        this.codecs = codecs;
        packs = index.packs().list();
    }

    /** How closely a pack is looked at. */
    public enum Depth {
        /** What it says it holds. */
        DIRECTORIES,
        /** And each chunk as it is stored, by its checksum. */
        CHECKSUMS,
        /** And each chunk decrypted and decompressed, by the SHA-256 that is its id. */
        CONTENT
    }

    /** All packs there are. */
    public List<StoredObject> packs() {
        return packs;
    }

    /** Names damaged files of the index, and compares the others with the packs there are. */
    public List<DamagedException> index() throws IOException {
        Map<String, Long> missing = index.chunks().packSizes();
        List<DamagedException> findings = new ArrayList<>(index.damagedFiles());
        for (StoredObject pack : packs) {
            Long size = missing.remove(pack.name());
            if (size != null && size != pack.size()) {
                damagedPacks.add(pack.name());
                findings.add(new DamagedException(
                        Names.pack(pack.name()), "it has " + pack.size() + " bytes, and had " + size));
            }
        }
        for (String pack : missing.keySet()) {
            damagedPacks.add(pack);
            findings.add(new DamagedException(Names.pack(pack), "it is gone"));
        }
        return findings;
    }

    /** Checks a pack. */
    public List<DamagedException> pack(StoredObject pack, Depth depth) throws IOException {
        List<DamagedException> findings = new ArrayList<>();
        try {
            PackDirectory directory = index.packs().directory(pack);
            if (depth != Depth.DIRECTORIES) {
                header(pack);
                chunks(pack, directory, depth, findings);
            }
            if (!findings.isEmpty()) {
                withDamage.add(pack);
            }
        } catch (DamagedException e) {
            withDamage.add(pack);
            findings.add(e);
            damagedPacks.add(pack.name());
        } catch (NoSuchFileException e) {
            findings.add(new DamagedException(Names.pack(pack.name()), "it is gone"));
            damagedPacks.add(pack.name());
        }
        return findings;
    }

    /** Packs in which {@link #pack} has found anything. */
    Set<StoredObject> withDamage() {
        return Set.copyOf(withDamage);
    }

    private void header(StoredObject pack) throws IOException {
        ByteBuffer header = ByteBuffer.allocate(PackFile.HEADER);
        storage.read(Names.pack(pack.name()), 0, header);
        PackFile.requireHeader(Names.pack(pack.name()), header.flip());
    }

    private void chunks(StoredObject pack, PackDirectory directory, Depth depth, List<DamagedException> findings)
            throws IOException {
        ChunkCodec codec = codecs.borrow();
        try {
            long offset = PackFile.HEADER;
            for (int i = 0; i < directory.count(); i++) {
                try {
                    chunk(Names.pack(pack.name()), directory, i, offset, depth, codec);
                } catch (DamagedException e) {
                    findings.add(e);
                    damagedChunks.add(directory.id(i));
                }
                offset += directory.storedLength(i);
            }
        } finally {
            codecs.giveBack(codec);
        }
    }

    private void chunk(String object, PackDirectory directory, int chunk, long offset, Depth depth, ChunkCodec codec)
            throws IOException {
        ChunkId id = directory.id(chunk);
        ByteBuffer stored =
                index.packs().chunk(object, directory, chunk, offset, codec.stored(directory.storedLength(chunk)));
        if (depth == Depth.CONTENT) {
            codec.verify(id, object, stored, directory.kind(chunk), directory.plainLength(chunk));
        }
    }

    /** Checks that everything a point needs is there, and was not found damaged. */
    public List<DamagedException> point(Point point) throws IOException {
        List<DamagedException> findings = new ArrayList<>();
        try (ChunkReader reader = new ChunkReader(storage, index, codecs.another())) {
            ImageTree tree = ImageTree.open(reader, point.root(), point.size());
            for (int table = 0; table < tree.tables(); table++) {
                table(point, tree, table, findings);
            }
        } catch (DamagedException e) {
            findings.add(needs(point, e.getMessage()));
        }
        return findings;
    }

    private void table(Point point, ImageTree tree, int table, List<DamagedException> findings) throws IOException {
        if (tree.table(table).isZero()) {
            return;
        }
        String what = "its bytes " + ImageLayout.describe(point.size(), table) + " need ";
        try {
            ByteBuffer ids = tree.ids(table);
            for (int at = 0; at < ids.limit(); at += ChunkId.BYTES) {
                ChunkId id = ChunkId.at(ids, at);
                String problem = id.isZero() ? "" : problem(id);
                if (!problem.isEmpty()) {
                    // One of a table is enough: the next would say the same of the next 256 KiB.
                    findings.add(needs(point, what + "chunk " + id + problem));
                    return;
                }
            }
        } catch (DamagedException e) {
            findings.add(needs(point, what + "a table, and " + e.getMessage()));
        }
    }

    /** What is wrong with a chunk; empty if nothing is known to be. */
    private String problem(ChunkId id) throws IOException {
        ChunkIndex.Place place = index.place(id);
        if (place == null) {
            return ", which no pack holds";
        }
        boolean damaged = damagedPacks.contains(place.pack()) || damagedChunks.contains(id);
        return damaged ? ", which is in " + Names.pack(place.pack()) + " and damaged" : "";
    }

    private static DamagedException needs(Point point, String what) {
        return new DamagedException(Names.point(point.id()), what);
    }

    @Override
    public void close() {
        codecs.close();
    }
}
