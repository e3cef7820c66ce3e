package org.dmuser.examples.backup.repository.format;

/**
 * How an image becomes chunks. A table that did not change has the id it had, so points share it and all below it.
 *
 * <pre>
 *   point -> root chunk:  id of table 0 | id of table 1 | ...
 *            table chunk: id of chunk 0 | ... | id of chunk 1023      32 KiB, stands for 256 MiB
 *            data chunk:  256 KiB of the image
 * </pre>
 *
 * <p>A table whose data chunks are all zero is {@link ChunkId#ZERO} in the root, and not stored either; the root always
 * is.
 */
public final class ImageLayout {
    /** Bytes of a data chunk. */
    public static final int CHUNK = 256 * 1024;
    /** Ids in a table. */
    public static final int TABLE_ENTRIES = 1024;
    /** Bytes of the largest chunk there can be, of any type: it bounds what is allocated for one. */
    public static final int CHUNK_MAX = 16 * 1024 * 1024;
    /** Bytes of the largest image: its root is a chunk of the largest size. */
    public static final long IMAGE_MAX = (long) CHUNK_MAX / ChunkId.BYTES * TABLE_ENTRIES * CHUNK;

    private ImageLayout() {}

    /** Data chunks of an image of {@code size} bytes. */
    public static long chunks(long size) {
        return (size + CHUNK - 1) / CHUNK;
    }

    /** Tables of an image of {@code size} bytes. */
    public static int tables(long size) {
        return Math.toIntExact((chunks(size) + TABLE_ENTRIES - 1) / TABLE_ENTRIES);
    }

    /** Ids in a table of an image of {@code size} bytes. */
    public static int entries(long size, int table) {
        return (int) Math.min(TABLE_ENTRIES, chunks(size) - (long) table * TABLE_ENTRIES);
    }

    /** Bytes of a data chunk of an image of {@code size} bytes. */
    public static int length(long size, long chunk) {
        return (int) Math.min(CHUNK, size - chunk * CHUNK);
    }

    /** Which bytes of an image of {@code size} bytes a table stands for, for messages. */
    public static String describe(long size, int table) {
        long start = (long) table * TABLE_ENTRIES * CHUNK;
        return start + " to " + Math.min(size, start + (long) entries(size, table) * CHUNK);
    }
}
