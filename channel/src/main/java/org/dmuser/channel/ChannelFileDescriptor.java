package org.dmuser.channel;

import org.agrona.BitUtil;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;

/**
 * The layout of a memory channel's file, in native byte order.
 *
 * <pre>
 *        +--------------------------------------------------------------+
 *      0 | magic "DMUSERCH" (8, written last)   version (4)   slots (4) |  HEADER
 *     16 | slot length (4)  ring length (4)     epoch (8)               |  written once, by the service
 *     32 | pid of the service (8)               sectors (8)             |
 *     48 | read-only (4)                                                |
 *        +--------------------------------------------------------------+
 *    128 | end (4)   length of the reason (4)                           |  written by the service, once
 *    192 | the daemon sleeps (4)                                        |  SleepWord of the request ring
 *    256 | the service sleeps (4)                                       |  SleepWord of the response ring
 *    320 | the daemon takes no more (4)                                 |  written by the daemon, once
 *    512 | reason (up to 512), UTF-8                                    |
 *   1024 | counters, 64 bytes each                                      |
 *        +--------------------------------------------------------------+
 *   4096 | states of the slots, 8 bytes each                            |  SLOT STATES
 *        +--------------------------------------------------------------+
 *        | request ring: descriptors, service to daemon                 |  Agrona ManyToOneRingBuffer
 *        +--------------------------------------------------------------+
 *        | response ring: descriptors, daemon to service                |  Agrona ManyToOneRingBuffer
 *        +--------------------------------------------------------------+
 *        | error log of the daemon                                      |  Agrona DistinctErrorLog
 *        +--------------------------------------------------------------+
 *        | slot 0 | slot 1 | ...                                        |  ARENA, sparse until used
 *        +--------------------------------------------------------------+
 * </pre>
 *
 * <p>A slot's state says how far its message is: {@code seq << 2 | } one of the {@code STATE_} values. Only the daemon
 * moves a message from QUEUED to TAKEN, and the service back from QUEUED to RECLAIMED when the channel ends, both by
 * compare-and-set, so that each message is begun by exactly one daemon.
 */
final class ChannelFileDescriptor {
    static final long MAGIC = 0x484352455355_4d44L;

    /** Raised whenever the layout changes: both sides must have the same. */
    static final int VERSION = 1;

    static final int SLOTS = 64;
    static final int SLOT_LENGTH = MessageQueue.PAYLOAD_MAX;

    /**
     * Bytes of a ring without its trailer: four records for each slot. A consumer gives the room of a batch back only
     * after the batch, and each answer in it may bring another record, so two would be enough.
     */
    static final int RING_LENGTH = SLOTS * 4 * 64;

    static final int MAGIC_OFFSET = 0;
    static final int VERSION_OFFSET = MAGIC_OFFSET + Long.BYTES;
    static final int SLOTS_OFFSET = VERSION_OFFSET + Integer.BYTES;
    static final int SLOT_LENGTH_OFFSET = SLOTS_OFFSET + Integer.BYTES;
    static final int RING_LENGTH_OFFSET = SLOT_LENGTH_OFFSET + Integer.BYTES;
    static final int EPOCH_OFFSET = RING_LENGTH_OFFSET + Integer.BYTES;
    static final int PID_OFFSET = EPOCH_OFFSET + Long.BYTES;
    static final int SECTORS_OFFSET = PID_OFFSET + Long.BYTES;
    static final int READ_ONLY_OFFSET = SECTORS_OFFSET + Long.BYTES;

    static final int END_OFFSET = 128;
    static final int REASON_LENGTH_OFFSET = END_OFFSET + Integer.BYTES;
    static final int DAEMON_SLEEPS_OFFSET = 192;
    static final int SERVICE_SLEEPS_OFFSET = 256;
    static final int DAEMON_STOPS_OFFSET = 320;
    static final int REASON_OFFSET = 512;
    static final int REASON_LENGTH_MAX = 512;
    static final int COUNTERS_OFFSET = 1024;

    static final int HEADER_LENGTH = 4096;
    static final int SLOT_STATES_OFFSET = HEADER_LENGTH;
    static final int REQUEST_RING_OFFSET = pageAfter(SLOT_STATES_OFFSET + SLOTS * Long.BYTES);
    static final int RESPONSE_RING_OFFSET = pageAfter(REQUEST_RING_OFFSET + ringLengthWithTrailer());
    static final int ERROR_LOG_OFFSET = pageAfter(RESPONSE_RING_OFFSET + ringLengthWithTrailer());
    static final int ERROR_LOG_LENGTH = 16 * 1024;
    static final int ARENA_OFFSET = pageAfter(ERROR_LOG_OFFSET + ERROR_LOG_LENGTH);
    static final int ARENA_LENGTH = SLOTS * SLOT_LENGTH;
    static final int FILE_LENGTH = ARENA_OFFSET + ARENA_LENGTH;

    static final int STATE_QUEUED = 1;
    static final int STATE_TAKEN = 2;
    static final int STATE_RECLAIMED = 3;

    private static final int STATE_BITS = 2;
    private static final int PAGE = 4096;

    private ChannelFileDescriptor() {}

    static int ringLengthWithTrailer() {
        return RING_LENGTH + RingBufferDescriptor.TRAILER_LENGTH;
    }

    static int slotStateOffset(int slot) {
        return SLOT_STATES_OFFSET + slot * Long.BYTES;
    }

    static int slotOffset(int slot) {
        return ARENA_OFFSET + slot * SLOT_LENGTH;
    }

    static long slotState(long seq, int state) {
        return seq << STATE_BITS | state;
    }

    private static int pageAfter(int offset) {
        return BitUtil.align(offset, PAGE);
    }
}
