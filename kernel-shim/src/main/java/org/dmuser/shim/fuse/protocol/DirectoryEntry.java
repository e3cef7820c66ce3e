package org.dmuser.shim.fuse.protocol;

import org.agrona.BitUtil;
import org.agrona.UnsafeApi;

/**
 * One name in the answer to READDIR, {@code struct fuse_dirent}, at a raw address.
 *
 * <pre>
 *    0         4         8                  16
 *   +-------------------+-------------------+
 * 0 | ino               | off               |   off: where to go on behind this one
 *   +---------+---------+-------------------+
 *16 | namelen | type    | name ...              type: S_IF, shifted; the next one begins at a multiple of 8
 *   +---------+---------+-------------------+
 * </pre>
 */
public final class DirectoryEntry {
    private static final int OFF_OFFSET = 8;
    private static final int NAMELEN_OFFSET = 16;
    private static final int TYPE_OFFSET = 20;
    private static final int NAME_OFFSET = 24;
    private static final int TYPE_SHIFT = 12;

    private DirectoryEntry() {}

    /** Bytes that one with a name of so many bytes takes. */
    public static int length(int nameLength) {
        return BitUtil.align(NAME_OFFSET + nameLength, Long.BYTES);
    }

    /**
     * Writes one.
     *
     * @param next what READDIR will ask to go on from
     * @param mode of the file, as in {@code st_mode}
     */
    public static void put(long address, long number, long next, int mode, byte[] name) {
        UnsafeApi.setMemory(address, length(name.length), (byte) 0);
        UnsafeApi.putLong(address, number);
        UnsafeApi.putLong(address + OFF_OFFSET, next);
        UnsafeApi.putInt(address + NAMELEN_OFFSET, name.length);
        UnsafeApi.putInt(address + TYPE_OFFSET, mode >>> TYPE_SHIFT);
        for (int i = 0; i < name.length; i++) {
            UnsafeApi.putByte(address + NAME_OFFSET + i, name[i]);
        }
    }
}
