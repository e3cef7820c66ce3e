package org.dmuser.channel;

import static org.dmuser.channel.ChannelFileDescriptor.SLOTS;
import static org.dmuser.channel.ChannelFileDescriptor.SLOT_LENGTH;

import java.io.IOException;

/**
 * The slots of a memory channel that can be had: free, and with memory behind them. Under the queue's lock, except for
 * what makes system calls, and says so.
 */
final class SlotPool {
    private final MessageQueue queue;
    private final SlotTable slots;
    private final ChannelSpace space;
    private final Loan[] loans = new Loan[SLOTS];

    /** A free slot that wanted memory when last none was to be had; read under no lock, for it is only a guess then. */
    private int withoutMemory = Channel.NO_ROOM;

    /** Whether slots are given back to the system. */
    private boolean retired;

    /** How many requests there had been when it was last asked to trim itself; of the thread that does so. */
    private long requestsSeen;

    SlotPool(MemoryChannel channel, MessageQueue queue, SlotTable slots, ChannelFile file, ChannelSpace space) {
        this.queue = queue;
        this.slots = slots;
        this.space = space;
        for (int slot = 0; slot < SLOTS; slot++) {
            loans[slot] = new Loan(channel, slot, file.slot(slot));
        }
    }

    /** The index of a free slot with {@code length} bytes of memory; {@link Channel#NO_ROOM} if there is none. */
    int find(int length) {
        return find(length, 0);
    }

    private int find(int length, int slotMin) {
        int wants = Channel.NO_ROOM;
        for (int i = 0; i < slots.freeCount(); i++) {
            int slot = slots.freeSlot(i);
            if (slot >= slotMin && space.covers(slot, length)) {
                withoutMemory = Channel.NO_ROOM;
                return i;
            }
            wants = slot >= slotMin ? slot : wants;
        }
        withoutMemory = wants;
        return Channel.NO_ROOM;
    }

    /**
     * Lends a slot with all of its memory; null if there is none. Never slot 0: what is submitted while others hold
     * loans has to find a slot sooner or later.
     */
    Loan lend() {
        int index = find(SLOT_LENGTH, 1);
        return index == Channel.NO_ROOM ? null : loans[slots.lend(index)];
    }

    /** Ends a loan; whether the pool had been retired before, and the slot has to {@link #comeBack}. */
    boolean takeBack(int slot) {
        slots.giveBack(slot);
        return retired;
    }

    /** After the end of a loan that has outlived the pool. Under no lock. */
    void comeBack(int slot) {
        space.comeBack(slot);
    }

    /**
     * After none was to be had: gets memory for {@code length} bytes of one more. Under no lock.
     *
     * @return why not, or OK; null if it is not memory that is wanted
     */
    Errno grow(int length) {
        int slot = withoutMemory;
        return slot == Channel.NO_ROOM ? null : space.cover(slot, length);
    }

    /**
     * Gives all memory back that is in no slot in use, but for that of slot 0, if nothing was requested since the last
     * call. Under no lock.
     *
     * @param requests how many requests there have been
     */
    void trimIfIdle(long requests) {
        if (requests == requestsSeen && space.extra() != 0) {
            space.trim(() -> queue.guarded(this::uncoverFreeSlots));
        }
        requestsSeen = requests;
    }

    private long uncoverFreeSlots() {
        long uncovered = 0;
        for (int i = 0; i < slots.freeCount(); i++) {
            int slot = slots.freeSlot(i);
            if (slot != 0) {
                space.uncover(slot);
                uncovered |= 1L << slot;
            }
        }
        return uncovered;
    }

    /** Gives all memory back but that of slots that are lent, and deletes the file. Under no lock. */
    void retire() throws IOException {
        long lent = queue.guarded(() -> {
            retired = true;
            return slots.lent();
        });
        space.retire(lent);
    }
}
