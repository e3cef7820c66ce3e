package org.dmuser.shim.fuse.protocol;

import org.agrona.UnsafeApi;

/**
 * The answer to LOOKUP, {@code struct fuse_entry_out}, at a raw address.
 *
 * <pre>
 *    0                   8                  16
 *   +-------------------+-------------------+
 * 0 | nodeid            | generation        |
 *   +-------------------+-------------------+
 *16 | entry valid       | attr valid        |   how long the kernel may believe them; 0: not at all
 *   +---------+---------+-------------------+
 *32 | ns      | ns      | attributes ...        as in {@link AttrOut}, from mode to times
 *   +---------+---------+-------------------+
 * </pre>
 */
public final class EntryOut {
    /** Where {@link AttrOut} would begin so that the attributes of both are the same. */
    private static final int ATTRIBUTES_OFFSET = 24;

    /** Bytes of a body. */
    public static final int LENGTH = ATTRIBUTES_OFFSET + AttrOut.LENGTH;

    private EntryOut() {}

    /** Begins an answer that is to be believed for no time; the attributes follow at {@link #attributes}. */
    public static void put(long address, long nodeid) {
        UnsafeApi.setMemory(address, LENGTH, (byte) 0);
        UnsafeApi.putLong(address, nodeid);
    }

    /** Where to put the attributes, with {@link AttrOut}. */
    public static long attributes(long address) {
        return address + ATTRIBUTES_OFFSET;
    }
}
