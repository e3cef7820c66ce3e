package org.dmuser.examples.backup.repository;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import org.dmuser.examples.backup.repository.format.ChunkId;
import org.dmuser.examples.backup.repository.format.ChunkType;
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
        open.clear();
        return writer.put(ChunkType.ROOT, root);
    }
}
