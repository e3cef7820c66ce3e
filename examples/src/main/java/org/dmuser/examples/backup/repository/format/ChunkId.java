package org.dmuser.examples.backup.repository.format;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;

/**
 * The name of a chunk: the SHA-256 of what it holds, as four little-endian words.
 *
 * <p>{@link #ZERO} stands for a data chunk of nothing but zeros, of whatever length is wanted. Such a chunk is never
 * stored. (That SHA-256 gives 32 zero bytes for some other content is as unlikely as any other collision.)
 */
public record ChunkId(long word0, long word1, long word2, long word3) {
    /** Bytes of an id in tables and files. */
    public static final int BYTES = 32;

    public static final ChunkId ZERO = new ChunkId(0, 0, 0, 0);

    /** The id whose 32 bytes are at an index of a buffer, whatever order the buffer has. */
    public static ChunkId at(ByteBuffer buffer, int index) {
        return new ChunkId(
                word(buffer, index), word(buffer, index + 8), word(buffer, index + 16), word(buffer, index + 24));
    }

    public static ChunkId of(byte[] sha256) {
        return at(ByteBuffer.wrap(sha256), 0);
    }

    /**
     * The id that {@link #toString} wrote.
     *
     * @throws IllegalArgumentException if the text is not 64 hexadecimal digits
     */
    public static ChunkId parse(String text) {
        byte[] bytes = HexFormat.of().parseHex(text);
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException("'" + text + "' is not a chunk id: it has 64 hexadecimal digits");
        }
        return of(bytes);
    }

    /** Writes the 32 bytes at an index of a buffer. */
    public void put(ByteBuffer buffer, int index) {
        putWord(buffer, index, word0);
        putWord(buffer, index + 8, word1);
        putWord(buffer, index + 16, word2);
        putWord(buffer, index + 24, word3);
    }

    public boolean isZero() {
        return (word0 | word1 | word2 | word3) == 0;
    }

    private static long word(ByteBuffer buffer, int index) {
        long word = buffer.getLong(index);
        return buffer.order() == ByteOrder.LITTLE_ENDIAN ? word : Long.reverseBytes(word);
    }

    private static void putWord(ByteBuffer buffer, int index, long word) {
        buffer.putLong(index, buffer.order() == ByteOrder.LITTLE_ENDIAN ? word : Long.reverseBytes(word));
    }

    // What a record brings along is linked at its first call, which takes longer than opening a repository.

    @Override
    public boolean equals(Object other) {
        return other instanceof ChunkId id
                && word0 == id.word0
                && word1 == id.word1
                && word2 == id.word2
                && word3 == id.word3;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(word0);
    }

    @Override
    public String toString() {
        ByteBuffer bytes = ByteBuffer.allocate(BYTES);
        put(bytes, 0);
        return HexFormat.of().formatHex(bytes.array());
    }
}
