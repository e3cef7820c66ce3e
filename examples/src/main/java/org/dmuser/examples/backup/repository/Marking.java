package org.dmuser.examples.backup.repository;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.BitSet;
import org.dmuser.examples.backup.repository.format.ChunkId;
import org.dmuser.examples.backup.repository.format.DamagedException;

/** Marks the entries of the index that a point needs. What another point has marked is not looked at again. */
final class Marking {
    private final ChunkReader reader;
    private final Index index;
    private final BitSet needed;

    Marking(ChunkReader reader, Index index, BitSet needed) {
        this.reader = reader;
        this.index = index;
        this.needed = needed;
    }

    void mark(Point point) throws IOException {
        try {
            if (markNew(point.root())) {
                ImageTree tree = ImageTree.open(reader, point.root(), point.size());
                for (int table = 0; table < tree.tables(); table++) {
                    mark(tree, table);
                }
            }
        } catch (DamagedException e) {
            throw new DamagedException(Names.point(point.id()), "it needs what is not as it was; " + e.getMessage());
        }
    }

    private void mark(ImageTree tree, int table) throws IOException {
        if (markNew(tree.table(table))) {
            ByteBuffer ids = tree.ids(table);
            for (int at = 0; at < ids.limit(); at += ChunkId.BYTES) {
                markNew(ChunkId.at(ids, at));
            }
        }
    }

    /** False if it is marked already, or is zero and so needs no mark. */
    private boolean markNew(ChunkId id) throws IOException {
        if (id.isZero()) {
            return false;
        }
        ChunkIndex.Place place = index.place(id);
        if (place == null) {
            throw new DamagedException("chunk " + id, "no pack holds it");
        }
        boolean known = needed.get(place.entry());
        needed.set(place.entry());
        return !known;
    }
}
