package org.dmuser.channel;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * The messages of one channel that are in flight, by slot.
 *
 * <p>Free slots are a stack, so that the one used last, whose memory is warm, is used next; they are guarded by the
 * queue's lock. A message in a slot is taken out by whoever moves the slot's number away from the message's {@code
 * seq}: an answer, or the end of the channel, and never both, and never an answer to an earlier message of the same
 * slot, because no {@code seq} comes twice.
 *
 * <p>A message that has expired leaves the mark of its number in the slot, which its daemon may still be using: the
 * slot is not free until the late answer, or the end of the channel.
 */
final class SlotTable {
    private static final long FREE = -1;

    private final Message[] messages;
    private final AtomicLongArray seqs;
    private final int[] free;
    private int freeCount;

    SlotTable(int slotCount) {
        messages = new Message[slotCount];
        seqs = new AtomicLongArray(slotCount);
        free = new int[slotCount];
        for (int slot = slotCount - 1; slot >= 0; slot--) {
            seqs.set(slot, FREE);
            free[freeCount++] = slot;
        }
    }

    int slotCount() {
        return messages.length;
    }

    /** Under the queue's lock. */
    int inUse() {
        return messages.length - freeCount;
    }

    /** How many slots are free. Under the queue's lock. */
    int freeCount() {
        return freeCount;
    }

    /** A free slot, the one used last first. Under the queue's lock. */
    int freeSlot(int index) {
        return free[freeCount - 1 - index];
    }

    /** Puts {@code message} into the free slot at {@code index}. Under the queue's lock. */
    int put(Message message, int index) {
        int position = freeCount - 1 - index;
        int slot = free[position];
        free[position] = free[--freeCount];
        messages[slot] = message;
        seqs.set(slot, message.seq());
        return slot;
    }

    /** Makes a slot free whose message was taken. Under the queue's lock. */
    void release(int slot) {
        free[freeCount++] = slot;
    }

    /** The message last put into the slot: there still, as far as the caller knows. */
    Message message(int slot) {
        return messages[slot];
    }

    /** Takes the message of that number out of the slot; null if it is not there, or no longer. Any thread. */
    Message take(int slot, long seq) {
        if (slot < 0 || slot >= messages.length || seq < 0 || !seqs.compareAndSet(slot, seq, FREE)) {
            return null;
        }
        return messages[slot];
    }

    /**
     * Takes the message of that number out of the slot, which stays in use until {@link #takeExpired}; null if it is
     * not there. Any thread.
     */
    Message expire(int slot, long seq) {
        return seq >= 0 && seqs.compareAndSet(slot, seq, expiredMark(seq)) ? messages[slot] : null;
    }

    /** Whether an answer to the message of that number is the late one of one that has expired. Any thread. */
    boolean takeExpired(int slot, long seq) {
        boolean exists = slot >= 0 && slot < messages.length && seq >= 0;
        return exists && seqs.compareAndSet(slot, expiredMark(seq), FREE);
    }

    /** Negative, and not {@link #FREE}. */
    private static long expiredMark(long seq) {
        return FREE - 1 - seq;
    }

    /** The number of the message in the slot, negative if there is none. Any thread. */
    long seq(int slot) {
        return seqs.get(slot);
    }

    /** Whether no message is in any slot. Any thread. */
    boolean isEmpty() {
        for (int slot = 0; slot < messages.length; slot++) {
            if (seqs.get(slot) != FREE) {
                return false;
            }
        }
        return true;
    }

    /** Takes whatever message is in the slot; null if there is none. Any thread. */
    Message takeAny(int slot) {
        return take(slot, seqs.get(slot));
    }
}
