package org.dmuser.shim.target.log;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The first sector of a write log, little-endian, with zeros behind it.
 *
 * <pre>
 *   0         8         16        24           28
 *   +---------+---------+---------+------------+------- -
 *   |  magic  | version | entries | sectorSize | 0 ...
 *   +---------+---------+---------+------------+------- -
 * </pre>
 *
 * <p>The entries follow from the second sector on, one behind the other.
 *
 * @param entries how many there are; written anew with each mark and each write with FUA, so there may be more
 * @param sectorSize bytes: what a sector is, here and in the entries
 */
public record LogSuperblock(long entries, int sectorSize) {
    /** "jsfwshr" in hexadecimal. */
    static final long MAGIC = 0x6a736677736872L;

    static final long VERSION = 1;

    /** How much of its sector it takes, in bytes. */
    public static final int SIZE = 28;

    static final int MAGIC_OFFSET = 0;
    static final int VERSION_OFFSET = 8;
    static final int ENTRIES_OFFSET = 16;
    static final int SECTOR_SIZE_OFFSET = 24;

    /** Writes it to the beginning of {@code sector}, which holds zeros. */
    void write(ByteBuffer sector) {
        sector.order(ByteOrder.LITTLE_ENDIAN)
                .putLong(MAGIC_OFFSET, MAGIC)
                .putLong(VERSION_OFFSET, VERSION)
                .putLong(ENTRIES_OFFSET, entries)
                .putInt(SECTOR_SIZE_OFFSET, sectorSize);
    }
}
