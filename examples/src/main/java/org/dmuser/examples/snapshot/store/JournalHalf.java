package org.dmuser.examples.snapshot.store;

import java.nio.ByteBuffer;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One half of the journal: changes of the live map behind one commit, in the order they were made.
 *
 * <pre>
 *    0  magic         8   "dmsnapj1", which is also the version of the format
 *    8  check         8   of what follows, up to 64
 *   16  boot id      16   of the machine's start: behind another one it says nothing
 *   32  store id      8
 *   40  generation    8   of the commit it follows,
 *   48  logged        8     bytes of records that the file of that generation has behind its checkpoint
 *   56  token         8   random, for this use of the half: what an earlier one has left is no record
 *   64  records           24 bytes each
 *
 *    0  block         4   the first; or the id of a snapshot
 *    4  count         4   blocks; or 0: the device went back to that snapshot
 *    8  entry         4   where the first is, see {@link BlockMap}; entries of slots count up
 *   12  0             4
 *   16  check         8   of token + number of the record, and of bytes 0 to 16
 * </pre>
 *
 * <p>A record counts if its check is right, whatever became of those before it: the thread that had the place of one
 * may have been killed before it wrote. The check is the finalizer of SplitMix64 (Steele, Lea and Flood, 2014), over
 * the numbers one after another; it need not find what a disk does to bytes, only what was not written wholly.
 *
 * <p>Any number of threads may {@link #append}; nothing else is done meanwhile.
 */
final class JournalHalf {
    /** Told what a journal holds, in order. */
    interface Changes {
        void map(int block, int count, int entry);

        void rollback(int snapshotId);
    }

    static final int LENGTH = 1 << 20;

    private static final long MAGIC = 0x646d736e61706a31L;
    private static final int CHECK_OFFSET = 8;
    private static final int BOOT_OFFSET = 16;
    private static final int STORE_OFFSET = 32;
    private static final int GENERATION_OFFSET = 40;
    private static final int LOGGED_OFFSET = 48;
    private static final int TOKEN_OFFSET = 56;
    private static final int HEADER = 64;

    private static final int ENTRY_OFFSET = 8;
    private static final int RECORD_CHECK_OFFSET = 16;
    private static final int RECORD = 24;

    private static final int RECORDS = (LENGTH - HEADER) / RECORD;

    /** The last place is for {@link #rollback}, so that there is always one. */
    private static final int APPENDED_MAX = RECORDS - 1;

    /** When no more than this many places are left it is time for a commit: some for each request that is under way. */
    private static final int LOW = 8192;

    private final ByteBuffer bytes;
    private final AtomicInteger taken = new AtomicInteger();
    private long token;

    /** In these bytes, which outlive the process. */
    JournalHalf(ByteBuffer bytes) {
        this.bytes = bytes;
    }

    /** Empties it, for what follows that commit. */
    void begin(UUID boot, long storeId, LogPosition commit) {
        end();
        token = ThreadLocalRandom.current().nextLong();
        taken.set(0);
        bytes.putLong(BOOT_OFFSET, boot.getMostSignificantBits());
        bytes.putLong(BOOT_OFFSET + Long.BYTES, boot.getLeastSignificantBits());
        bytes.putLong(STORE_OFFSET, storeId);
        bytes.putLong(GENERATION_OFFSET, commit.generation());
        bytes.putLong(LOGGED_OFFSET, commit.logged());
        bytes.putLong(TOKEN_OFFSET, token);
        bytes.putLong(CHECK_OFFSET, headerCheck());
        bytes.putLong(0, MAGIC);
    }

    /** From now on it says nothing. */
    void end() {
        bytes.putLong(0, 0);
    }

    /** Whether it was never begun; random numbers are not all 0. */
    boolean isNew() {
        return bytes.getLong(STORE_OFFSET) == 0 && bytes.getLong(TOKEN_OFFSET) == 0;
    }

    /** Which commit it follows; null if it says nothing, or of another start of the machine or another store. */
    LogPosition follows(UUID boot, long storeId) {
        boolean counts = bytes.getLong(0) == MAGIC
                && bytes.getLong(CHECK_OFFSET) == headerCheck()
                && bytes.getLong(BOOT_OFFSET) == boot.getMostSignificantBits()
                && bytes.getLong(BOOT_OFFSET + Long.BYTES) == boot.getLeastSignificantBits()
                && bytes.getLong(STORE_OFFSET) == storeId;
        return counts ? new LogPosition(bytes.getLong(GENERATION_OFFSET), bytes.getLong(LOGGED_OFFSET)) : null;
    }

    private long headerCheck() {
        long check = MAGIC;
        for (int at = BOOT_OFFSET; at < HEADER; at += Long.BYTES) {
            check = mix(check ^ bytes.getLong(at));
        }
        return check;
    }

    /** Adds a change; false if there is no room. */
    boolean append(int block, int count, int entry) {
        int number = taken.getAndIncrement();
        if (number >= APPENDED_MAX) {
            return false;
        }
        write(number, block, count, entry);
        return true;
    }

    /** Adds that the device went back to a snapshot. Nobody else may be at work, and it is the last record. */
    void rollback(int snapshotId) {
        write(Math.min(taken.get(), APPENDED_MAX), snapshotId, 0, 0);
        taken.set(RECORDS);
    }

    private void write(int number, int block, int count, int entry) {
        int at = HEADER + number * RECORD;
        bytes.putInt(at, block).putInt(at + Integer.BYTES, count);
        bytes.putLong(at + ENTRY_OFFSET, (long) entry << Integer.SIZE);
        bytes.putLong(at + RECORD_CHECK_OFFSET, recordCheck(token, number));
    }

    private long recordCheck(long ofToken, int number) {
        int at = HEADER + number * RECORD;
        return mix(mix(mix(ofToken + number) ^ bytes.getLong(at)) ^ bytes.getLong(at + ENTRY_OFFSET));
    }

    private static long mix(long value) {
        long z = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }

    boolean isLow() {
        return taken.get() > RECORDS - LOW;
    }

    /** Tells all that it holds. */
    void replay(Changes changes) {
        long written = bytes.getLong(TOKEN_OFFSET);
        for (int number = 0; number < RECORDS; number++) {
            int at = HEADER + number * RECORD;
            if (bytes.getLong(at + RECORD_CHECK_OFFSET) != recordCheck(written, number)) {
                continue;
            }
            int count = bytes.getInt(at + Integer.BYTES);
            if (count == 0) {
                changes.rollback(bytes.getInt(at));
            } else {
                changes.map(bytes.getInt(at), count, bytes.getInt(at + ENTRY_OFFSET));
            }
        }
    }
}
