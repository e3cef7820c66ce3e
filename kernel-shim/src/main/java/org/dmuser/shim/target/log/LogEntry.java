package org.dmuser.shim.target.log;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * One entry of a write log. It begins with a sector, little-endian:
 *
 * <pre>
 *   0         8           16      24           32                 sectorSize
 *   +---------+-----------+-------+------------+------------------+----------- -
 *   | sector  | sectors   | flags | textLength | text of a mark 0 | the data
 *   +---------+-----------+-------+------------+------------------+----------- -
 * </pre>
 *
 * <p>The data is {@code sectors} long, but for a discard, which has none.
 *
 * @param sector where it is on the device; in sectors of the log, as is {@code sectors}
 * @param flags bits of {@code FLUSH}, {@code FUA}, {@code DISCARD}, {@code MARK}, {@code METADATA}
 * @param textLength bytes of the text of a mark
 */
public record LogEntry(long sector, long sectors, long flags, long textLength) {
    /** A flush came before it; without data it is a flush and nothing else. */
    public static final long FLUSH = 1;

    /** Lasting when it had ended. */
    public static final long FUA = 2;

    public static final long DISCARD = 4;

    /** Not a write but a text somebody has put into the log. */
    public static final long MARK = 8;

    /** Marked by the file system as its own. */
    public static final long METADATA = 16;

    /** How much of its sector comes before the text, in bytes. */
    public static final int HEADER_SIZE = 32;

    private static final int SECTOR_OFFSET = 0;
    private static final int SECTORS_OFFSET = 8;
    private static final int FLAGS_OFFSET = 16;
    private static final int TEXT_LENGTH_OFFSET = 24;

    /** Reads the one at the beginning of {@code header}. */
    static LogEntry read(ByteBuffer header) {
        header.order(ByteOrder.LITTLE_ENDIAN);
        return new LogEntry(
                header.getLong(SECTOR_OFFSET),
                header.getLong(SECTORS_OFFSET),
                header.getLong(FLAGS_OFFSET),
                header.getLong(TEXT_LENGTH_OFFSET));
    }

    /** Writes it to the beginning of {@code header}, which holds zeros. */
    void write(ByteBuffer header) {
        header.order(ByteOrder.LITTLE_ENDIAN)
                .putLong(SECTOR_OFFSET, sector)
                .putLong(SECTORS_OFFSET, sectors)
                .putLong(FLAGS_OFFSET, flags)
                .putLong(TEXT_LENGTH_OFFSET, textLength);
    }

    /** Whether one of the bits of {@code flag} is set. */
    public boolean has(long flag) {
        return (flags & flag) != 0;
    }

    /** How many sectors of data stand behind its first one in the log. */
    public long dataSectors() {
        return has(DISCARD) ? 0 : sectors;
    }
}
