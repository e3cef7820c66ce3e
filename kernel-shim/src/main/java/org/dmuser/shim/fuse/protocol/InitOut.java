package org.dmuser.shim.fuse.protocol;

import org.agrona.UnsafeApi;

/**
 * The answer to INIT, {@code struct fuse_init_out}, at a raw address, as it is since 7.23.
 *
 * <pre>
 *    0         4         8        12        16
 *   +---------+---------+---------+---------+
 * 0 | major   | minor   |readahead| flags   |
 *   +----+----+---------+---------+----+----+
 *16 | bg | cg |max write|time gran|pg  |al  |   bg, cg: max_background, congestion_threshold; pg: max_pages
 *   +----+----+---------+----+----+----+----+
 *32 | flags2  |max stack| rt | unused ...       rt: request_timeout, seconds
 *   +---------+---------+----+
 * </pre>
 */
public final class InitOut {
    private static final int MAJOR_OFFSET = 0;
    private static final int MINOR_OFFSET = 4;
    private static final int MAX_READAHEAD_OFFSET = 8;
    private static final int FLAGS_OFFSET = 12;
    private static final int MAX_BACKGROUND_OFFSET = 16;
    private static final int CONGESTION_THRESHOLD_OFFSET = 18;
    private static final int MAX_WRITE_OFFSET = 20;
    private static final int TIME_GRAN_OFFSET = 24;
    private static final int MAX_PAGES_OFFSET = 28;
    private static final int FLAGS2_OFFSET = 32;
    private static final int REQUEST_TIMEOUT_OFFSET = 40;

    /** Bytes of a body. */
    public static final int LENGTH = 64;

    /** Requests that nobody waits for one by one, asynchronous direct I/O above all: this is its queue depth. */
    private static final int MAX_BACKGROUND = 256;

    private static final int CONGESTION_THRESHOLD = 192;

    /** Nanoseconds: times are as exact as they can be. */
    private static final int TIME_GRAN = 1;

    private InitOut() {}

    /** Writes what was agreed. */
    public static void put(long address, Agreement agreement) {
        putVersion(address);
        UnsafeApi.putInt(address + MINOR_OFFSET, agreement.minor());
        UnsafeApi.putInt(address + MAX_READAHEAD_OFFSET, agreement.maxReadahead());
        UnsafeApi.putInt(address + FLAGS_OFFSET, (int) agreement.flags());
        UnsafeApi.putInt(address + FLAGS2_OFFSET, (int) (agreement.flags() >>> Integer.SIZE));
        UnsafeApi.putShort(address + MAX_BACKGROUND_OFFSET, (short) MAX_BACKGROUND);
        UnsafeApi.putShort(address + CONGESTION_THRESHOLD_OFFSET, (short) CONGESTION_THRESHOLD);
        UnsafeApi.putInt(address + MAX_WRITE_OFFSET, agreement.maxWrite());
        UnsafeApi.putInt(address + TIME_GRAN_OFFSET, TIME_GRAN);
        UnsafeApi.putShort(address + MAX_PAGES_OFFSET, (short) agreement.maxPages());
        UnsafeApi.putShort(address + REQUEST_TIMEOUT_OFFSET, (short) agreement.requestTimeoutS());
    }

    /** Writes only which protocol is spoken here, for a kernel that speaks a newer one: it asks again. */
    public static void putVersion(long address) {
        UnsafeApi.setMemory(address, LENGTH, (byte) 0);
        UnsafeApi.putInt(address + MAJOR_OFFSET, Negotiation.MAJOR);
        UnsafeApi.putInt(address + MINOR_OFFSET, Negotiation.MINOR);
    }
}
