package org.dmuser.channel;

import java.lang.invoke.VarHandle;
import java.util.function.BooleanSupplier;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Where the consumer of a ring sleeps while the ring is empty: one word of the shared file, 1 while it sleeps.
 *
 * <p>The consumer looks for work for a little while, says that it sleeps, looks once more, and sleeps; a producer
 * publishes its work first and looks at the word then. With a full fence between the two on both sides one of them sees
 * the other (Dekker), so no wake-up is lost; the timeout is there for a peer that dies between its two steps. Whoever
 * has learned of such an end does not leave it at that: {@link #wakeRegardless}.
 */
final class SleepWord {
    /** A sleeping processor takes 10 to 15 us to wake up, so looking for about as long is never much of a loss. */
    private static final long SPIN_NS = 20_000;

    private static final int SPINS_PER_CLOCK = 64;
    private static final long SLEEP_MAX_NS = 1_000_000_000L;

    private final UnsafeBuffer word;
    private final Linux.Timeout timeout;

    SleepWord(UnsafeBuffer header, int offset) {
        this(header, offset, SLEEP_MAX_NS);
    }

    SleepWord(UnsafeBuffer header, int offset, long sleepMaxNs) {
        word = new UnsafeBuffer(header, offset, Integer.BYTES);
        timeout = new Linux.Timeout(sleepMaxNs);
    }

    /** Returns when there is work, or was a reason to look; by the consumer only. */
    void await(BooleanSupplier work) {
        long deadlineNs = System.nanoTime() + SPIN_NS;
        do {
            for (int i = 0; i < SPINS_PER_CLOCK; i++) {
                if (work.getAsBoolean()) {
                    return;
                }
                Thread.onSpinWait();
            }
        } while (System.nanoTime() < deadlineNs);
        word.putIntVolatile(0, 1);
        VarHandle.fullFence();
        if (!work.getAsBoolean()) {
            Linux.futexWait(word.addressOffset(), 1, timeout);
        }
        word.putIntVolatile(0, 0);
    }

    /** Wakes the consumer if it sleeps, after work was published. Any thread of either process. */
    void wake() {
        VarHandle.fullFence();
        if (word.getIntVolatile(0) == 1 && word.compareAndSetInt(0, 1, 0)) {
            Linux.futexWake(word.addressOffset());
        }
    }

    /**
     * Wakes the consumer if it sleeps, whatever the word says: a producer that was killed may have cleared it and never
     * come to wake anybody.
     */
    void wakeRegardless() {
        VarHandle.fullFence();
        word.putIntVolatile(0, 0);
        Linux.futexWake(word.addressOffset());
    }
}
