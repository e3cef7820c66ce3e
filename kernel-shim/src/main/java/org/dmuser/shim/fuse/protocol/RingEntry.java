package org.dmuser.shim.fuse.protocol;

import org.agrona.UnsafeApi;

/**
 * What an entry of FUSE over io_uring has for headers, {@code struct fuse_uring_req_header}, at a raw address. Data,
 * and what an answer has behind its header, is elsewhere, in the entry's payload.
 *
 * <pre>
 *    0                   8                  16
 *   +-------------------+-------------------+
 * 0 | InHeader, and in the same place the   |
 *   |            OutHeader of the answer    |
 *   +---------------------------------------+
 *128 | what a request has behind its header  |
 *   +-------------------+-------------------+
 *256| flags             | commit id         |   struct fuse_uring_ent_in_out
 *   +---------+---------+-------------------+
 *272| payload |         |                   |   payload: its length, of the request, then of the answer
 *   +---------+---------+-------------------+
 * </pre>
 */
public final class RingEntry {
    private static final int BODY_OFFSET = 128;
    private static final int COMMIT_ID_OFFSET = 264;
    private static final int PAYLOAD_LENGTH_OFFSET = 272;

    /** Bytes of the headers. */
    public static final int LENGTH = 288;

    private RingEntry() {}

    /** Where the body of the request is. */
    public static long body(long address) {
        return address + BODY_OFFSET;
    }

    /** What a {@link RingCommand#COMMIT_AND_FETCH} has to say. */
    public static long commitId(long address) {
        return UnsafeApi.getLong(address + COMMIT_ID_OFFSET);
    }

    /** Bytes of the payload. */
    public static int payloadLength(long address) {
        return UnsafeApi.getInt(address + PAYLOAD_LENGTH_OFFSET);
    }

    public static void putPayloadLength(long address, int length) {
        UnsafeApi.putInt(address + PAYLOAD_LENGTH_OFFSET, length);
    }
}
