package org.dmuser.examples.backup.repository;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.dmuser.examples.backup.repository.format.ChunkId;
import org.dmuser.examples.backup.repository.format.ChunkType;
import org.dmuser.examples.backup.repository.format.DamagedException;
import org.dmuser.examples.backup.repository.format.ImageLayout;

/**
 * Makes the tree of an image: from nothing, or from the tree of an earlier point, of which only tables are touched in
 * which something changed.
 *
 * <p>A table is stored as soon as each of its chunks has been set, the others at the end: so a full backup keeps few
 * tables in memory, and an incremental one those it touches, 32 KiB each.
 *
 * <p>Threads: any number may set; one finishes, when all have.
 */
public final class ImageTreeBuilder {
    private static final ByteBuffer NONE = ByteBuffer.allocate(0);

    private final ChunkWriter writer;
    private final long size;
    private final ImageTree base;
    private final ByteBuffer root;
    private final Map<Integer, Table> open = new HashMap<>();

    private static final class Table {
        final ByteBuffer ids;
        int unset;

        Table(ByteBuffer ids) {
            this.ids = ids;
            unset = ids.limit() / ChunkId.BYTES;
        }
    }

    private ImageTreeBuilder(ChunkWriter writer, long size, ImageTree base) {
        this.writer = writer;
        this.size = size;
        this.base = base;
        root = ByteBuffer.allocate(ImageLayout.tables(size) * ChunkId.BYTES);
    }

    /** For an image that is all zero unless something else is set. */
    public static ImageTreeBuilder empty(ChunkWriter writer, long size) {
        return new ImageTreeBuilder(writer, size, null);
    }

    /** For an image that is as it was in {@code base}, and of the same size, unless something else is set. */
    public static ImageTreeBuilder from(ChunkWriter writer, ImageTree base) {
        ImageTreeBuilder builder = new ImageTreeBuilder(writer, base.size(), base);
        for (int table = 0; table < base.tables(); table++) {
            base.table(table).put(builder.root, table * ChunkId.BYTES);
        }
        return builder;
    }

    /** Sets the id of a data chunk, counted from the start of the image. Each chunk may be set once. */
    public void set(long chunk, ChunkId id) throws IOException {
        int number = (int) (chunk / ImageLayout.TABLE_ENTRIES);
        Table full = set(number, (int) (chunk % ImageLayout.TABLE_ENTRIES), id);
        if (full != null) {
            store(number, full);
        }
    }

    private synchronized Table set(int number, int entry, ChunkId id) throws IOException {
        Table table = open.get(number);
        if (table == null) {
            table = new Table(content(number));
            open.put(number, table);
        }
        id.put(table.ids, entry * ChunkId.BYTES);
        table.unset--;
        return table.unset == 0 ? open.remove(number) : null;
    }

    private ByteBuffer content(int number) throws IOException {
        ByteBuffer ids = ByteBuffer.allocate(ImageLayout.entries(size, number) * ChunkId.BYTES);
        if (base != null && !base.table(number).isZero()) {
            ids.put(base.ids(number)).clear();
        }
        return ids;
    }

    private void store(int number, Table table) throws IOException {
        ChunkId id = writer.put(ChunkType.TABLE, table.ids);
        synchronized (this) {
            id.put(root, number * ChunkId.BYTES);
        }
    }

    /** Stores what is left, and the root, whose id it returns. */
    public ChunkId finish() throws IOException {
        for (Map.Entry<Integer, Table> table : open.entrySet()) {
            store(table.getKey(), table.getValue());
        }
        return writer.put(ChunkType.ROOT, root);
    }

    /**
     * What the finished tree needs and no pack holds, in words for the user: of the base's chunks some may have been
     * lost since. What was put is there, or on its way.
     */
    public Optional<String> missing() throws IOException {
        for (int number = 0; number < ImageLayout.tables(size); number++) {
            Optional<String> missing = missing(number);
            if (missing.isPresent()) {
                return missing;
            }
        }
        return Optional.empty();
    }

    private Optional<String> missing(int number) throws IOException {
        String what = "bytes " + ImageLayout.describe(size, number) + " need ";
        try {
            ByteBuffer ids = inherited(number);
            for (int at = 0; at < ids.limit(); at += ChunkId.BYTES) {
                ChunkId id = ChunkId.at(ids, at);
                if (!id.isZero() && !writer.knows(id)) {
                    // One of a table is enough: the next would say the same of the next 256 KiB.
                    return Optional.of(what + "chunk " + id + ", which no pack holds");
                }
            }
            return Optional.empty();
        } catch (DamagedException e) {
            return Optional.of(what + "a table, and " + e.getMessage());
        }
    }

    /** The ids of a table of which not all were set. */
    private ByteBuffer inherited(int number) throws IOException {
        Table table = open.get(number);
        if (table != null) {
            return table.ids;
        }
        ChunkId id = ChunkId.at(root, number * ChunkId.BYTES);
        boolean untouched = base != null && !id.isZero() && id.equals(base.table(number));
        return untouched ? base.ids(number) : NONE;
    }
}
