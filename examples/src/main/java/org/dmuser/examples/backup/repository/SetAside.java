package org.dmuser.examples.backup.repository;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.dmuser.examples.backup.repository.crypto.Sealer;
import org.dmuser.examples.backup.repository.format.ChunkId;
import org.dmuser.examples.backup.repository.format.DamagedException;
import org.dmuser.examples.backup.repository.format.PackDirectory;
import org.dmuser.examples.backup.repository.format.PackFile;
import org.dmuser.examples.backup.repository.storage.Storage;
import org.dmuser.examples.backup.repository.storage.StoredObject;

/**
 * Sets packs with damage aside: what is damaged in them does not count as stored any more, so that the next backup that
 * comes upon it stores it again. What is whole in them goes into new packs first.
 *
 * <pre>
 *   what breaks off                              leaves
 *   1 rescue: new packs written                  packs that no index lists: the next writer adds them
 *   2 new index files in the place of the old    the damaged packs unlisted: the next writer adds them, if it can
 *   3 damaged packs put into damaged/, sync      the same
 *   4 damaged packs deleted, sync                some of them
 * </pre>
 *
 * <p>At each step all that is whole is in a pack that an index file lists. Damaged packs that the next writer has added
 * are found and set aside by the next check. For one thread, the repository being locked for nobody else.
 */
public final class SetAside implements AutoCloseable {
    /**
     * What came of it.
     *
     * @param packs set aside; fewer than had damage if one came out again under its name, whole
     * @param keptChunks of them that are in new packs
     * @param lostChunks of them that are not; those of a pack are not known if nothing says what was in it
     */
    public record Result(int packs, long keptChunks, long lostChunks) {}

    private final Storage storage;
    private final Index index;
    private final Codecs codecs;
    private final Points.Guard guard;
    private final Set<StoredObject> packs;
    /** Of packs whose own directory may be what is damaged. */
    private final Map<String, PackDirectory> listed;

    private final Map<String, PackDirectory> added = new LinkedHashMap<>();
    private final PackWriter writer;
    private long keptChunks;
    private long lostChunks;

    SetAside(Storage storage, Index index, Codecs codecs, Sealer metadata, Points.Guard guard, Set<StoredObject> packs)
            throws IOException {
        this.storage = storage;
        this.index = index;
        this.codecs = codecs;
        this.guard = guard;
        this.packs = packs;
        listed = packs.isEmpty() ? Map.of() : index.files().directories(names());
        writer = new PackWriter(storage, metadata, added::put);
    }

    private Set<String> names() {
        return packs.stream().map(StoredObject::name).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** Those with damage. */
    public Set<StoredObject> packs() {
        return packs;
    }

    /** Writes what is whole in one of {@link #packs} into a new pack. */
    public void rescue(StoredObject pack) throws IOException {
        PackDirectory directory = directory(pack);
        ChunkCodec codec = codecs.borrow();
        try {
            long offset = PackFile.HEADER;
            for (int i = 0; i < directory.count(); i++) {
                rescue(Names.pack(pack.name()), directory, i, offset, codec);
                offset += directory.storedLength(i);
            }
        } finally {
            codecs.giveBack(codec);
        }
    }

    /** What is in it; nothing if neither an index file nor the pack says so. */
    private PackDirectory directory(StoredObject pack) throws IOException {
        PackDirectory directory = listed.get(pack.name());
        try {
            return directory != null ? directory : index.packs().directory(pack);
        } catch (DamagedException e) {
            return new PackDirectory();
        }
    }

    private void rescue(String object, PackDirectory directory, int chunk, long offset, ChunkCodec codec)
            throws IOException {
        ChunkId id = directory.id(chunk);
        int plainLength = directory.plainLength(chunk);
        ByteBuffer room = codec.stored(directory.storedLength(chunk));
        ByteBuffer stored;
        try {
            stored = index.packs().chunk(object, directory, chunk, offset, room);
            codec.verify(id, object, stored.duplicate(), directory.kind(chunk), plainLength);
        } catch (DamagedException e) {
            lostChunks++;
            return;
        }
        writer.append(id, stored, plainLength, directory.crc(chunk), directory.kind(chunk));
        keptChunks++;
    }

    /** Sets the packs aside, all of which have been through {@link #rescue(StoredObject)}. */
    public Result finish() throws IOException {
        writer.finish();
        Set<String> aside = names();
        // A pack of which all is whole comes out as it was, in its own place.
        aside.removeAll(added.keySet());
        storage.sync();
        guard.requireLocked();
        // Where it was damaged, it is made anew first.
        index.prepareToWrite();
        index.files().rewrite(aside, added);
        guard.requireLocked();
        move(aside);
        index.forget();
        return new Result(aside.size(), keptChunks, lostChunks);
    }

    private void move(Set<String> aside) throws IOException {
        storage.create(List.of(Names.DAMAGED));
        for (String pack : aside) {
            storage.put(Names.damaged(pack), storage.read(Names.pack(pack)));
        }
        storage.sync();
        for (String pack : aside) {
            storage.delete(Names.pack(pack));
        }
        storage.sync();
    }

    @Override
    public void close() throws IOException {
        try (codecs) {
            writer.close();
        }
    }
}
