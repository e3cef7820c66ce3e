package org.dmuser.channel;

import static org.dmuser.channel.ChannelFileDescriptor.SLOTS;

import java.util.concurrent.atomic.AtomicInteger;
import org.agrona.concurrent.ringbuffer.RingBuffer;

/**
 * Puts messages into a memory channel's request ring, where its daemon finds them, in the two halves of a {@link
 * Channel}: claimed under the queue's lock, committed by whoever has claimed.
 */
final class RequestProxy {
    private final ChannelFile file;
    private final SlotTable slots;
    private final RingBuffer ring;
    private final SleepWord daemonSleeps;

    /** Where in the ring the record of the message is that was last given a slot, by slot. */
    private final int[] records = new int[SLOTS];

    /** Messages claimed and not yet committed: the end waits for those, so that it finds them in a definite state. */
    private final AtomicInteger committing = new AtomicInteger();

    RequestProxy(ChannelFile file, SlotTable slots) {
        this.file = file;
        this.slots = slots;
        ring = file.requests();
        // Never slept on by this side.
        daemonSleeps = file.daemonSleeps(Seats.none());
    }

    /**
     * Claims a record, which has to be given to a slot; negative if the ring is full of records whose messages were
     * taken back, because the daemon does not read them.
     */
    int claim() {
        return ring.tryClaim(DescriptorFlyweight.RECORD_TYPE, DescriptorFlyweight.LENGTH);
    }

    /** The record is that of the message in the slot, which is to be committed. */
    void give(int record, int slot) {
        records[slot] = record;
        committing.getAndIncrement();
    }

    /** Whether anything has been given a record and is still to be committed. */
    boolean isCommitting() {
        return committing.get() > 0;
    }

    /**
     * Brings the payload of the slot's message in place and shows the daemon its record.
     *
     * @throws RuntimeException if the daemon, which can write to it, has damaged the ring
     */
    void commit(int slot) {
        try {
            publish(slot, records[slot], slots.message(slot));
        } finally {
            committing.getAndDecrement();
        }
    }

    /** From the moment the slot is queued, the message may be answered, and the slot be another's. */
    private void publish(int slot, int record, Message message) {
        if (message.carriesData()) {
            int length = message.payloadLength();
            if (!slots.isInPlace(slot)) {
                file.putPayload(slot, message.data(), length);
            }
            file.count(ChannelCounter.BYTES_WRITTEN, length);
        }
        file.count(ChannelCounter.REQUESTS, 1);
        DescriptorFlyweight.putRequest(ring.buffer(), record, message, slot);
        file.queue(slot, message.seq());
        ring.commit(record);
        wakeDaemon();
    }

    /** The daemon is to look, if it sleeps. */
    void wakeDaemon() {
        daemonSleeps.wake();
    }
}
