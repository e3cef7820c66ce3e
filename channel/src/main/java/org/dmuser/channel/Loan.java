package org.dmuser.channel;

import java.nio.ByteBuffer;

/**
 * A slot of a memory channel in the hands of a submitter: data that is put there, and a message that is then submitted
 * with it, need not be copied for the daemon; nor what a READ brings back.
 *
 * <p>Belongs to the thread that has it, until {@link #giveBack}. A message may also go elsewhere, or never be
 * submitted: the memory is memory like any other. What a daemon that misbehaves does to it is not its submitter's to
 * notice: it is the data of that daemon's own device.
 */
public final class Loan {
    private final MemoryChannel channel;
    private final int slot;
    private final ByteBuffer data;

    Loan(MemoryChannel channel, int slot, ByteBuffer data) {
        this.channel = channel;
        this.slot = slot;
        this.data = data;
    }

    int slot() {
        return slot;
    }

    /** All of the slot, {@link MessageQueue#PAYLOAD_MAX} bytes from index 0. */
    public ByteBuffer data() {
        return data;
    }

    /** Whether it is worth keeping: not, when the channel has ended. */
    public boolean isCurrent() {
        return channel.isOpen();
    }

    /** Ends the loan. A message that is still under way keeps the slot until it has ended. */
    public void giveBack() {
        channel.giveBack(this);
    }
}
