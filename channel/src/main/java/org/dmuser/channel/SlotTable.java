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
 *
 * <p>A slot may be lent to a submitter, who puts data where a message will want it; the message then comes into the
 * slot that has its data. Such a slot is free again when it has been given back and its message has left it.
 */
final class SlotTable {
    private static final long FREE = -1;

    private final Message[] messages;
    private final AtomicLongArray seqs;
    private final int[] free;
    private int freeCount;
    private final boolean[] lent;
    private final boolean[] occupied;
    private int occupiedCount;
    /** Whether the slot's memory is the message's own; written before the message is visible in its slot. */
    private final boolean[] inPlace;

    SlotTable(int slotCount) {
        messages = new Message[slotCount];
        seqs = new AtomicLongArray(slotCount);
        free = new int[slotCount];
        lent = new boolean[slotCount];
        occupied = new boolean[slotCount];
        inPlace = new boolean[slotCount];
        for (int slot = slotCount - 1; slot >= 0; slot--) {
            seqs.set(slot, FREE);
            free[freeCount++] = slot;
        }
    }

    int slotCount() {
        return messages.length;
    }

    /** How many slots have a message in them. Under the queue's lock. */
    int inUse() {
        return occupiedCount;
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
        int slot = removeFree(index);
        put(slot, message, false);
        return slot;
    }

    /** Puts {@code message} into a slot that is lent and holds its data. Under the queue's lock. */
    void putInPlace(Message message, int slot) {
        put(slot, message, true);
    }

    private void put(int slot, Message message, boolean isInPlace) {
        messages[slot] = message;
        occupied[slot] = true;
        occupiedCount++;
        inPlace[slot] = isInPlace;
        seqs.set(slot, message.seq());
    }

    private int removeFree(int index) {
        int position = freeCount - 1 - index;
        int slot = free[position];
        free[position] = free[--freeCount];
        return slot;
    }

    /** Lends the free slot at {@code index}. Under the queue's lock. */
    int lend(int index) {
        int slot = removeFree(index);
        lent[slot] = true;
        return slot;
    }

    /** Whether a message may come into the slot because it has been lent. Under the queue's lock. */
    boolean isLentAndEmpty(int slot) {
        return lent[slot] && !occupied[slot];
    }

    /** Takes back what was lent. Under the queue's lock. */
    void giveBack(int slot) {
        lent[slot] = false;
        freeUnlessUsed(slot);
    }

    /** A message that was taken leaves its slot. Under the queue's lock. */
    void release(int slot) {
        occupied[slot] = false;
        occupiedCount--;
        freeUnlessUsed(slot);
    }

    private void freeUnlessUsed(int slot) {
        if (!lent[slot] && !occupied[slot]) {
            free[freeCount++] = slot;
        }
    }

    /** The slots that are lent, a bit for each. Under the queue's lock. */
    long lent() {
        long slots = 0;
        for (int slot = 0; slot < lent.length; slot++) {
            slots |= lent[slot] ? 1L << slot : 0;
        }
        return slots;
    }

    /** Whether the message in the slot has its data there. By whoever put it there, or has taken it. */
    boolean isInPlace(int slot) {
        return inPlace[slot];
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

    /** The slot of the message of that number, which may have expired; negative if there is none. Any thread. */
    int find(long seq) {
        int slot = messages.length - 1;
        while (slot >= 0 && (seq < 0 || seqs.get(slot) != seq && seqs.get(slot) != expiredMark(seq))) {
            slot--;
        }
        return slot;
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
