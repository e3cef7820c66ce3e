package org.dmuser.examples.backup.repository;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.dmuser.examples.backup.repository.crypto.Sealer;
import org.dmuser.examples.backup.repository.format.DamagedException;
import org.dmuser.examples.backup.repository.format.Envelope;
import org.dmuser.examples.backup.repository.format.PackDirectory;
import org.dmuser.examples.backup.repository.format.PackFile;
import org.dmuser.examples.backup.repository.storage.Storage;
import org.dmuser.examples.backup.repository.storage.StoredObject;

/**
 * The index as stored: files that say of some packs what is in them. Together they say it of all, in no order, and a
 * pack may be in more than one.
 *
 * <pre>
 *    0           4       8         40                          (in an {@link Envelope} DMUBINDX)
 *   +-----------+-------+---------+------------------+---------+------------------+
 *   | packs u32 | 0 u32 | name 32 | {@link PackDirectory}    | name 32 | {@link PackDirectory}    | ...
 *   +-----------+-------+---------+------------------+---------+------------------+
 * </pre>
 */
final class IndexFiles {
    private static final String MAGIC = "DMUBINDX";
    private static final int HEADER = 8;
    private static final int NAME = 32;
    /** Files of at most this size are merged when there are more of them than that. */
    private static final int SMALL = 4 * 1024 * 1024;

    private static final int SMALL_FILES_MAX = 32;
    /** A file grows no larger than this, unless a single pack is: it has to fit into memory. */
    private static final int LENGTH_MAX = 64 * 1024 * 1024;

    private final Storage storage;
    private final Sealer sealer;

    IndexFiles(Storage storage, Sealer sealer) {
        this.storage = storage;
        this.sealer = sealer;
    }

    List<StoredObject> list() throws IOException {
        return storage.list(Names.INDEX);
    }

    /**
     * Reads all of them.
     *
     * @return those left out, because they are damaged
     */
    List<DamagedException> load(ChunkIndex index) throws IOException {
        while (true) {
            List<StoredObject> files = list();
            List<DamagedException> damaged = new ArrayList<>();
            try {
                for (StoredObject file : files) {
                    try {
                        load(file.name(), index);
                    } catch (DamagedException e) {
                        damaged.add(e);
                    }
                }
                return damaged;
            } catch (NoSuchFileException e) {
                // A writer has just put one file in the place of several: it is in a new listing.
            }
        }
    }

    private void load(String name, ChunkIndex index) throws IOException {
        ByteBuffer payload = payload(name);
        index.reserve(payload.remaining() / PackDirectory.length(1));
        read(name, payload, (pack, directory) -> index.add(pack, directory, PackFile.size(directory, sealer)));
    }

    /** What is in some packs, of those that are listed in files that are whole. */
    Map<String, PackDirectory> directories(Set<String> packs) throws IOException {
        Map<String, PackDirectory> found = new LinkedHashMap<>();
        for (StoredObject file : list()) {
            try {
                read(file.name(), payload(file.name()), (pack, directory) -> {
                    if (packs.contains(pack)) {
                        found.put(pack, directory);
                    }
                });
            } catch (DamagedException e) {
                // The check has named it, and the packs themselves say what is in them.
            }
        }
        return found;
    }

    private ByteBuffer payload(String name) throws IOException {
        String object = Names.index(name);
        return Envelope.unwrap(MAGIC, object, storage.read(object), sealer);
    }

    private static void read(String name, ByteBuffer payload, BiConsumer<String, PackDirectory> each)
            throws DamagedException {
        int packs = payload.getInt();
        payload.getInt();
        byte[] pack = new byte[NAME];
        for (int i = 0; i < packs; i++) {
            payload.get(pack);
            each.accept(HexFormat.of().formatHex(pack), PackDirectory.read(Names.index(name), payload));
        }
    }

    /** Makes one file of many small ones, if there are many: every one costs whoever opens the repository a read. */
    void merge() throws IOException {
        List<StoredObject> small = new ArrayList<>(list());
        small.removeIf(file -> file.size() > SMALL);
        if (small.size() <= SMALL_FILES_MAX) {
            return;
        }
        Map<String, PackDirectory> packs = new LinkedHashMap<>();
        for (StoredObject file : small) {
            read(file.name(), payload(file.name()), packs::put);
        }
        write(packs);
        replace(small);
    }

    /** Writes the index anew, without packs that are dropped, and with others. */
    void rewrite(Set<String> dropped, Map<String, PackDirectory> added) throws IOException {
        List<StoredObject> old = list();
        Map<String, PackDirectory> packs = new LinkedHashMap<>(added);
        for (StoredObject file : old) {
            read(file.name(), payload(file.name()), (pack, directory) -> {
                if (!dropped.contains(pack)) {
                    packs.put(pack, directory);
                }
            });
            // A large index has many files: no more than one at a time in memory.
            if (file.size() > SMALL) {
                write(packs);
                packs.clear();
            }
        }
        write(packs);
        replace(old);
    }

    /** Deletes files in whose place others have been written. */
    void replace(List<StoredObject> old) throws IOException {
        storage.sync();
        for (StoredObject file : old) {
            storage.delete(Names.index(file.name()));
        }
        storage.sync();
    }

    /** Writes what is in some packs, into as few files as will hold it. */
    void write(Map<String, PackDirectory> packs) throws IOException {
        ByteBuffer payload = null;
        int count = 0;
        long left = (long) NAME * packs.size();
        for (PackDirectory directory : packs.values()) {
            left += directory.length();
        }
        for (Map.Entry<String, PackDirectory> pack : packs.entrySet()) {
            int length = NAME + pack.getValue().length();
            if (payload != null && payload.remaining() < length) {
                put(payload, count);
                payload = null;
            }
            if (payload == null) {
                int room = (int) Math.min(left, Math.max(LENGTH_MAX, length));
                payload = ByteBuffer.allocate(HEADER + room).order(ByteOrder.LITTLE_ENDIAN);
                payload.position(HEADER);
                count = 0;
            }
            payload.put(HexFormat.of().parseHex(pack.getKey()));
            pack.getValue().write(payload);
            count++;
            left -= length;
        }
        if (payload != null) {
            put(payload, count);
        }
    }

    private void put(ByteBuffer payload, int count) throws IOException {
        payload.flip().putInt(0, count);
        String object = Names.index(Names.unique());
        storage.put(object, Envelope.wrap(MAGIC, object, payload, sealer));
    }
}
