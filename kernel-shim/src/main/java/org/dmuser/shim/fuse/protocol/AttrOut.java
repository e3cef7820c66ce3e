package org.dmuser.shim.fuse.protocol;

import org.agrona.UnsafeApi;

/**
 * The answer to GETATTR and SETATTR, {@code struct fuse_attr_out}, at a raw address. Begin with {@link #clear}.
 *
 * <pre>
 *    0         4         8                  16
 *   +-------------------+---------+---------+
 * 0 | attr valid        | ns      |         |   how long the kernel may believe it; 0: not at all
 *   +-------------------+---------+---------+
 *16 | ino               | size              |
 *   +-------------------+-------------------+
 *32 | blocks            | atime             |   blocks: 512 bytes; times: seconds
 *   +-------------------+-------------------+
 *48 | mtime             | ctime             |
 *   +---------+---------+---------+---------+
 *64 | atimens | mtimens | ctimens | mode    |   mode: S_IF and permissions
 *   +---------+---------+---------+---------+
 *80 | nlink   | uid     | gid     | rdev    |
 *   +---------+---------+---------+---------+
 *96 | blksize | flags   |
 *   +---------+---------+
 * </pre>
 */
public final class AttrOut {
    private static final int INO_OFFSET = 16;
    private static final int SIZE_OFFSET = 24;
    private static final int BLOCKS_OFFSET = 32;
    private static final int ATIME_OFFSET = 40;
    private static final int MTIME_OFFSET = 48;
    private static final int CTIME_OFFSET = 56;
    private static final int MODE_OFFSET = 76;
    private static final int NLINK_OFFSET = 80;
    private static final int UID_OFFSET = 84;
    private static final int GID_OFFSET = 88;
    private static final int BLKSIZE_OFFSET = 96;

    /** Bytes of a body. */
    public static final int LENGTH = 104;

    private static final int BLOCK_SHIFT = 9;
    private static final long ROOT = 1;

    private AttrOut() {}

    /** A file with one name and nothing else, the root of the mount, to be believed for no time. */
    public static void clear(long address) {
        UnsafeApi.setMemory(address, LENGTH, (byte) 0);
        UnsafeApi.putLong(address + INO_OFFSET, ROOT);
        UnsafeApi.putInt(address + NLINK_OFFSET, 1);
    }

    /** Bytes of the file, all of which it occupies. */
    public static void putSize(long address, long size) {
        UnsafeApi.putLong(address + SIZE_OFFSET, size);
        UnsafeApi.putLong(address + BLOCKS_OFFSET, size >>> BLOCK_SHIFT);
    }

    /** The unit in which to use it best, in bytes. */
    public static void putBlockSize(long address, int size) {
        UnsafeApi.putInt(address + BLKSIZE_OFFSET, size);
    }

    /** All of its times, in seconds since 1970. */
    public static void putTimes(long address, long seconds) {
        UnsafeApi.putLong(address + ATIME_OFFSET, seconds);
        UnsafeApi.putLong(address + MTIME_OFFSET, seconds);
        UnsafeApi.putLong(address + CTIME_OFFSET, seconds);
    }

    /** Which file of the mount it is, if not the root. */
    public static void putNumber(long address, long number) {
        UnsafeApi.putLong(address + INO_OFFSET, number);
    }

    /** Its kind and permissions, as in {@code st_mode}. */
    public static void putMode(long address, int mode) {
        UnsafeApi.putInt(address + MODE_OFFSET, mode);
    }

    public static void putOwner(long address, int uid, int gid) {
        UnsafeApi.putInt(address + UID_OFFSET, uid);
        UnsafeApi.putInt(address + GID_OFFSET, gid);
    }
}
