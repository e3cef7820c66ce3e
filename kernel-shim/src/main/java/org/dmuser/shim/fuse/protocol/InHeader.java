package org.dmuser.shim.fuse.protocol;

import org.agrona.UnsafeApi;

/**
 * What every request begins with, {@code struct fuse_in_header}, at a raw address.
 *
 * <pre>
 *    0         4         8                  16
 *   +---------+---------+-------------------+
 * 0 | len     | opcode  | unique            |   len: bytes of the request, this header included
 *   +---------+---------+---------+---------+
 *16 | nodeid            | uid     | gid     |   nodeid: 1 is the root of the mount
 *   +---------+----+----+---------+---------+
 *32 | pid     |ext |    |                       ext: total_extlen, 8 bytes each, at the end of the request
 *   +---------+----+----+
 * </pre>
 */
public final class InHeader {
    private static final int LEN_OFFSET = 0;
    private static final int OPCODE_OFFSET = 4;
    private static final int UNIQUE_OFFSET = 8;
    private static final int NODEID_OFFSET = 16;
    private static final int PID_OFFSET = 32;

    /** Bytes of a header. */
    public static final int LENGTH = 40;

    private InHeader() {}

    /** Bytes of the whole request. */
    public static int len(long address) {
        return UnsafeApi.getInt(address + LEN_OFFSET);
    }

    /** {@link Opcode}. */
    public static int opcode(long address) {
        return UnsafeApi.getInt(address + OPCODE_OFFSET);
    }

    /** What the answer has to carry. */
    public static long unique(long address) {
        return UnsafeApi.getLong(address + UNIQUE_OFFSET);
    }

    /** The file that is meant. */
    public static long nodeid(long address) {
        return UnsafeApi.getLong(address + NODEID_OFFSET);
    }

    /** The thread that asks; 0 where it is the kernel itself, or nobody of this process's name space. */
    public static int pid(long address) {
        return UnsafeApi.getInt(address + PID_OFFSET);
    }
}
