package org.dmuser.examples.backup.repository;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.dmuser.examples.backup.repository.crypto.Sealer;
import org.dmuser.examples.backup.repository.format.ChunkId;
import org.dmuser.examples.backup.repository.format.DamagedException;
import org.dmuser.examples.backup.repository.format.PackDirectory;
import org.dmuser.examples.backup.repository.storage.Storage;
import org.dmuser.examples.backup.repository.storage.StoredObject;

/**
 * The index of one open repository: read when first needed, and made whole from the packs themselves where files of it
 * are missing or damaged. Threads: any number; the first one that needs it reads it under the monitor.
 */
final class Index {
    /** Chunks whose directories are in memory at a time while the index is made anew. */
    private static final int REBUILD_BATCH = 256 * 1024;

    private final IndexFiles files;
    private final Packs packs;
    private final ChunkIndex chunks = new ChunkIndex();
    private volatile boolean loaded;
    private boolean complete;
    /** Files that are there and were left out. Guarded by this, as is the next. */
    private List<DamagedException> damaged = List.of();
    /** All that were, also if they have been replaced since. */
    private final List<DamagedException> everDamaged = new ArrayList<>();

    Index(Storage storage, Sealer sealer) {
        files = new IndexFiles(storage, sealer);
        packs = new Packs(storage, sealer);
    }

    IndexFiles files() {
        return files;
    }

    Packs packs() {
        return packs;
    }

    ChunkIndex chunks() throws IOException {
        if (!loaded) {
            load();
        }
        return chunks;
    }

    private synchronized void load() throws IOException {
        if (!loaded) {
            chunks.clear();
            damaged = files.load(chunks);
            everDamaged.addAll(damaged);
            complete = false;
            loaded = true;
        }
    }

    /** Files that were damaged when they were read: what they say is read from the packs. */
    synchronized List<DamagedException> damagedFiles() {
        return List.copyOf(everDamaged);
    }

    /** Forgets everything: it is read again when next needed. */
    synchronized void forget() {
        loaded = false;
    }

    /** Where a chunk is; null if no pack holds it, and not only no index file says so. */
    ChunkIndex.Place place(ChunkId id) throws IOException {
        ChunkIndex.Place place = chunks().place(id);
        if (place == null && !adopt().isEmpty()) {
            place = chunks.place(id);
        }
        return place;
    }

    /**
     * Compares the index with the packs there are. Where packs are gone or cut off, it is made anew, so that what was
     * in them is not taken for stored; and so it is where files of it are damaged.
     *
     * @return packs no index file lists
     */
    synchronized Map<String, PackDirectory> prepareToWrite() throws IOException {
        List<StoredObject> found = packs.list();
        Map<String, Long> lost = chunks().packSizes();
        for (StoredObject pack : found) {
            lost.remove(pack.name(), pack.size());
        }
        if (lost.isEmpty() && damaged.isEmpty()) {
            return adopt(found);
        }
        rebuild();
        return Map.of();
    }

    /** Adds packs that no index file lists: those of a writer that was killed, or whose index file is lost. */
    private synchronized Map<String, PackDirectory> adopt() throws IOException {
        load();
        return complete ? Map.of() : adopt(packs.list());
    }

    private Map<String, PackDirectory> adopt(List<StoredObject> found) throws IOException {
        Map<String, PackDirectory> adopted = new LinkedHashMap<>();
        for (StoredObject pack : found) {
            if (!chunks.knows(pack.name())) {
                adopt(pack, adopted);
            }
        }
        complete = true;
        return adopted;
    }

    /** One whose directory is damaged is left out: the check names it, and so does every chunk that is missed. */
    private void adopt(StoredObject pack, Map<String, PackDirectory> adopted) throws IOException {
        try {
            PackDirectory directory = packs.directory(pack);
            chunks.add(pack.name(), directory, pack.size());
            adopted.put(pack.name(), directory);
        } catch (DamagedException e) {
            // Left out.
        }
    }

    /**
     * Writes the index anew, from the directories of all packs, and reads it.
     *
     * @return the packs left out, because their directories are damaged
     */
    synchronized List<DamagedException> rebuild() throws IOException {
        List<DamagedException> leftOut = new ArrayList<>();
        List<StoredObject> old = files.list();
        Map<String, PackDirectory> batch = new LinkedHashMap<>();
        int batched = 0;
        for (StoredObject pack : packs.list()) {
            try {
                PackDirectory directory = packs.directory(pack);
                batch.put(pack.name(), directory);
                batched += directory.count();
            } catch (DamagedException e) {
                leftOut.add(e);
            }
            if (batched >= REBUILD_BATCH) {
                files.write(batch);
                batch.clear();
                batched = 0;
            }
        }
        files.write(batch);
        files.replace(old);
        forget();
        load();
        return leftOut;
    }
}
