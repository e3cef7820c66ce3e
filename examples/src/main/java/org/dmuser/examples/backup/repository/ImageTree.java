package org.dmuser.examples.backup.repository;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.dmuser.examples.backup.repository.format.ChunkId;
import org.dmuser.examples.backup.repository.format.DamagedException;
import org.dmuser.examples.backup.repository.format.ImageLayout;

/**
 * Which chunks an image has: the root in memory, tables read when asked for, the last few of them kept.
 *
 * <p>Threads: any number. Two that want the same table may both read it.
 */
public final class ImageTree {
    /** Tables kept, 32 KiB each: as much as a disk of 64 GiB has. */
    private static final int KEPT = 256;

    private final ChunkReader reader;
    private final long size;
    private final ByteBuffer root;
    private final AtomicReferenceArray<Table> kept = new AtomicReferenceArray<>(KEPT);

    private record Table(int number, ByteBuffer ids) {}

    private ImageTree(ChunkReader reader, long size, ByteBuffer root) {
        this.reader = reader;
        this.size = size;
        this.root = root;
    }

    /**
     * The tree of an image.
     *
     * @param size bytes of the image
     * @throws DamagedException if the root is gone, or not of this size
     */
    public static ImageTree open(ChunkReader reader, ChunkId rootId, long size) throws IOException {
        int tables = ImageLayout.tables(size);
        return new ImageTree(reader, size, read(reader, "root", rootId, tables));
    }

    /** Bytes of the image. */
    public long size() {
        return size;
    }

    public int tables() {
        return root.limit() / ChunkId.BYTES;
    }

    /** The id of a table: {@link ChunkId#ZERO} if nothing but zeros is below it. */
    public ChunkId table(int table) {
        return ChunkId.at(root, table * ChunkId.BYTES);
    }

    /** The id of a data chunk, counted from the start of the image. */
    public ChunkId chunk(long chunk) throws IOException {
        int table = (int) (chunk / ImageLayout.TABLE_ENTRIES);
        ChunkId id = table(table);
        if (id.isZero()) {
            return id;
        }
        return ChunkId.at(ids(table, id), (int) (chunk % ImageLayout.TABLE_ENTRIES) * ChunkId.BYTES);
    }

    /** The ids in a table, from index 0 to the limit, not to be changed. */
    public ByteBuffer ids(int table) throws IOException {
        return ids(table, table(table)).duplicate();
    }

    private ByteBuffer ids(int number, ChunkId id) throws IOException {
        Table table = kept.get(number % KEPT);
        if (table == null || table.number != number) {
            table = new Table(number, read(reader, "table", id, ImageLayout.entries(size, number)));
            kept.set(number % KEPT, table);
        }
        return table.ids;
    }

    private static ByteBuffer read(ChunkReader reader, String what, ChunkId id, int entries) throws IOException {
        ByteBuffer ids = ByteBuffer.allocate(entries * ChunkId.BYTES);
        if (reader.read(id, ids) != ids.limit()) {
            throw new DamagedException(
                    what + " chunk " + id, "it has " + ids.position() + " bytes and should have " + ids.limit());
        }
        return ids.clear();
    }
}
