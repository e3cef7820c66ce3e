package org.dmuser.shim.target;

import java.util.Arrays;
import org.agrona.collections.Long2LongHashMap;

/** The bad blocks of a {@code dust} target, and how many more writes each of them fails. Thread-safe. */
final class BadBlocks {
    private static final long GOOD = -1;

    private final Long2LongHashMap writeFailures = new Long2LongHashMap(GOOD);

    /** False if it is bad already. */
    synchronized boolean add(long block, long failures) {
        if (writeFailures.containsKey(block)) {
            return false;
        }
        writeFailures.put(block, failures);
        return true;
    }

    /** False if it is not bad. */
    synchronized boolean remove(long block) {
        return writeFailures.remove(block) != GOOD;
    }

    synchronized boolean contains(long block) {
        return writeFailures.containsKey(block);
    }

    /** Whether a write of {@code block} fails. If not, the block is good from now on. */
    synchronized boolean failsWrite(long block) {
        long left = writeFailures.get(block);
        if (left > 0) {
            writeFailures.put(block, left - 1);
        } else if (left == 0) {
            writeFailures.remove(block);
        }
        return left > 0;
    }

    synchronized int count() {
        return writeFailures.size();
    }

    /** False if there was none. */
    synchronized boolean clear() {
        boolean any = !writeFailures.isEmpty();
        writeFailures.clear();
        return any;
    }

    /** All of them, in ascending order. */
    synchronized long[] all() {
        long[] blocks =
                writeFailures.keySet().stream().mapToLong(Long::longValue).toArray();
        Arrays.sort(blocks);
        return blocks;
    }
}
