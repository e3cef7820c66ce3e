package org.dmuser.examples.backup.repository.format;

/** What a chunk holds. */
public enum ChunkType {
    /** A piece of an image: {@link ImageLayout#CHUNK} bytes, fewer at the end. */
    DATA,
    /** Ids of data chunks: {@link ImageLayout#TABLE_ENTRIES} of them, fewer at the end. */
    TABLE,
    /** Ids of all tables of an image. */
    ROOT;

    private static final ChunkType[] BY_CODE = values();

    /** As stored. */
    public int code() {
        return ordinal();
    }

    /** The type of a code; null if there is none. */
    public static ChunkType of(int code) {
        return code < BY_CODE.length ? BY_CODE[code] : null;
    }
}
