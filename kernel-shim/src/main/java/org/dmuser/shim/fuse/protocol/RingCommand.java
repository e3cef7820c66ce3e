package org.dmuser.shim.fuse.protocol;

import org.agrona.UnsafeApi;

/**
 * What a submission to io_uring says to FUSE, {@code struct fuse_uring_cmd_req}, at a raw address.
 *
 * <pre>
 *    0                   8                  16
 *   +-------------------+-------------------+
 * 0 | flags             | commit id         |   commit id: of the request that is answered
 *   +----+--------------+-------------------+
 *16 |qid |              |                       qid: the queue's number, a processor
 *   +----+--------------+
 * </pre>
 */
public final class RingCommand {
    /** Gives the kernel an entry, which it may put a request into. */
    public static final int REGISTER = 1;

    /** Gives the kernel the answer to the request in an entry, and the entry. */
    public static final int COMMIT_AND_FETCH = 2;

    private static final int COMMIT_ID_OFFSET = 8;
    private static final int QUEUE_OFFSET = 16;

    private RingCommand() {}

    public static void putQueue(long address, int queue) {
        UnsafeApi.putShort(address + QUEUE_OFFSET, (short) queue);
    }

    public static void putCommitId(long address, long commitId) {
        UnsafeApi.putLong(address + COMMIT_ID_OFFSET, commitId);
    }
}
