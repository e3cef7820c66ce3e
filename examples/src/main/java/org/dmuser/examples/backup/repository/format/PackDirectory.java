package org.dmuser.examples.backup.repository.format;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * What is in a pack, in the order in which it is there. Stored at the end of the pack, and again in an index file.
 *
 * <pre>
 *    0         4         8               8 + 32 n          + 4 n            + 4 n              + 4 n     + n
 *   +---------+---------+---------------+-----------------+----------------+------------------+---------+
 *   | n u32   | 0 u32   | id 32 bytes   | stored length   | plain length   | CRC-32C of the   | kind u8 |
 *   |         |         | n times       | u32 n times     | u32 n times    | stored bytes u32 | n times |
 *   +---------+---------+---------------+-----------------+----------------+------------------+---------+
 *   kind: lower four bits the type of the chunk, upper four its coding (0 as it is, 1 zstd)
 * </pre>
 *
 * <p>Column by column, because so the ids of a large index get into memory by bulk copies. A chunk begins where the one
 * before it ends, the first at {@link PackFile#HEADER}.
 */
public final class PackDirectory {
    public static final int CODING_RAW = 0;
    public static final int CODING_ZSTD = 1;

    private static final int HEADER = 8;
    private static final int BYTES_PER_CHUNK = ChunkId.BYTES + 3 * Integer.BYTES + 1;
    private static final int WORDS = ChunkId.BYTES / Long.BYTES;

    private int count;
    private long[] ids;
    private int[] storedLengths;
    private int[] plainLengths;
    private int[] crcs;
    private byte[] kinds;

    /** An empty one, to be added to. */
    public PackDirectory() {
        this(256);
        count = 0;
    }

    private PackDirectory(int count) {
        this.count = count;
        ids = new long[count * WORDS];
        storedLengths = new int[count];
        plainLengths = new int[count];
        crcs = new int[count];
        kinds = new byte[count];
    }

    /**
     * The directory at a buffer's position, which is left behind it.
     *
     * @param object what it is read from, for messages
     */
    public static PackDirectory read(String object, ByteBuffer src) throws DamagedException {
        src.order(ByteOrder.LITTLE_ENDIAN);
        long count = src.remaining() < HEADER ? -1 : Integer.toUnsignedLong(src.getInt(src.position()));
        if (count < 0 || count * BYTES_PER_CHUNK > src.remaining() - HEADER) {
            throw new DamagedException(object, "its directory is longer than what holds it");
        }
        PackDirectory directory = new PackDirectory((int) count);
        src.position(src.position() + HEADER);
        src.asLongBuffer().get(directory.ids);
        src.position(src.position() + (int) count * ChunkId.BYTES);
        readColumn(src, directory.storedLengths);
        readColumn(src, directory.plainLengths);
        readColumn(src, directory.crcs);
        src.get(directory.kinds);
        return directory;
    }

    private static void readColumn(ByteBuffer src, int[] column) {
        src.asIntBuffer().get(column);
        src.position(src.position() + column.length * Integer.BYTES);
    }

    /** Appends it to {@code dst}, which is little-endian. */
    public void write(ByteBuffer dst) {
        dst.putInt(count).putInt(0);
        dst.asLongBuffer().put(ids, 0, count * WORDS);
        dst.position(dst.position() + count * ChunkId.BYTES);
        writeColumn(dst, storedLengths);
        writeColumn(dst, plainLengths);
        writeColumn(dst, crcs);
        dst.put(kinds, 0, count);
    }

    private void writeColumn(ByteBuffer dst, int[] column) {
        dst.asIntBuffer().put(column, 0, count);
        dst.position(dst.position() + count * Integer.BYTES);
    }

    /** Bytes that {@link #write} writes. */
    public int length() {
        return length(count);
    }

    /** Bytes of a directory of {@code count} chunks. */
    public static int length(int count) {
        return HEADER + Math.multiplyExact(count, BYTES_PER_CHUNK);
    }

    /** Adds a chunk behind the last one. */
    public void add(ChunkId id, int storedLength, int plainLength, int crc, int kind) {
        if (count == kinds.length) {
            grow(2 * count);
        }
        ids[count * WORDS] = id.word0();
        ids[count * WORDS + 1] = id.word1();
        ids[count * WORDS + 2] = id.word2();
        ids[count * WORDS + 3] = id.word3();
        storedLengths[count] = storedLength;
        plainLengths[count] = plainLength;
        crcs[count] = crc;
        kinds[count++] = (byte) kind;
    }

    private void grow(int capacity) {
        ids = Arrays.copyOf(ids, capacity * WORDS);
        storedLengths = Arrays.copyOf(storedLengths, capacity);
        plainLengths = Arrays.copyOf(plainLengths, capacity);
        crcs = Arrays.copyOf(crcs, capacity);
        kinds = Arrays.copyOf(kinds, capacity);
    }

    public int count() {
        return count;
    }

    /** Four words for each chunk; not to be changed. */
    public long[] ids() {
        return ids;
    }

    public ChunkId id(int chunk) {
        int word = chunk * WORDS;
        return new ChunkId(ids[word], ids[word + 1], ids[word + 2], ids[word + 3]);
    }

    public int storedLength(int chunk) {
        return storedLengths[chunk];
    }

    public int plainLength(int chunk) {
        return plainLengths[chunk];
    }

    public int crc(int chunk) {
        return crcs[chunk];
    }

    /** Type and coding in one, as stored. */
    public int kind(int chunk) {
        return kinds[chunk] & 0xff;
    }

    public static int kind(ChunkType type, int coding) {
        return type.code() | coding << 4;
    }

    /** The type within a kind; null if there is none with that code. */
    public static ChunkType type(int kind) {
        return ChunkType.of(kind & 0xf);
    }

    public static int coding(int kind) {
        return kind >>> 4;
    }
}
