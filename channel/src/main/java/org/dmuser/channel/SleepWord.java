package org.dmuser.channel;

import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Where the consumer of a ring sleeps while the ring is empty: one word of the shared file, ASLEEP while it has to be
 * woken.
 *
 * <p>The consumer looks for work for a little while, says that it sleeps, looks once more, and sleeps; a producer
 * publishes its work first and looks at the word then. With a full fence between the two on both sides one of them sees
 * the other (Dekker), so no wake-up is lost; the timeout is there for a peer that dies between its two steps, and grows
 * while nothing comes. Whoever has learned of such an end does not leave it at that: {@link #wakeRegardless}.
 *
 * <p>While others look for the consumer ({@link #beginLooking}), it sleeps on and the word is LOOKED_AFTER, so that no
 * producer spends a system call on waking it. The last of them to leave sets it to ASLEEP, whether the consumer sleeps
 * or not: at worst it is woken for nothing.
 */
final class SleepWord {
    private static final int AWAKE = 0;
    private static final int ASLEEP = 1;
    private static final int LOOKED_AFTER = 2;
    private static final int LOOKS_PER_CLOCK = 16;
    private static final long SLEEP_MIN_NS = 1_000_000_000L;
    private static final long SLEEP_GROWTH_MAX = 16;

    private final UnsafeBuffer word;
    private final Linux.Timeout timeout = new Linux.Timeout();
    private final long sleepMinNs;
    private long sleepNs;
    private final Seats.Seat seat;
    private final Patience patience = new Patience();
    private final AtomicInteger lookers = new AtomicInteger();

    SleepWord(UnsafeBuffer header, int offset, Seats seats) {
        this(header, offset, seats, SLEEP_MIN_NS);
    }

    /** @param sleepMinNs the timeout of a sleep that follows work */
    SleepWord(UnsafeBuffer header, int offset, Seats seats, long sleepMinNs) {
        this.word = new UnsafeBuffer(header, offset, Integer.BYTES);
        this.seat = seats.seat();
        this.sleepMinNs = sleepMinNs;
        this.sleepNs = sleepMinNs;
    }

    /**
     * Returns when there is work, or was a reason to look; by the consumer only, which keeps its seat, if it has got
     * one, until it sleeps or calls {@link #leave}.
     *
     * @return whether it slept
     */
    boolean await(BooleanSupplier work) {
        long startNs = System.nanoTime();
        boolean sleeps = !look(work, startNs);
        if (sleeps) {
            seat.leave();
            sleep(work);
        }
        boolean inVain = sleeps && !work.getAsBoolean();
        sleepNs = inVain ? Math.min(2 * sleepNs, SLEEP_GROWTH_MAX * sleepMinNs) : sleepMinNs;
        patience.waited(System.nanoTime() - startNs);
        return sleeps;
    }

    private boolean look(BooleanSupplier work, long startNs) {
        long lookNs = patience.lookNs();
        if (lookNs == 0 || !seat.take()) {
            return work.getAsBoolean();
        }
        do {
            for (int i = 0; i < LOOKS_PER_CLOCK; i++) {
                if (work.getAsBoolean()) {
                    return true;
                }
                Thread.onSpinWait();
            }
            // To whoever else wants this processor, which may be the one that is waited for.
            Thread.yield();
        } while (System.nanoTime() - startNs < lookNs);
        return false;
    }

    private void sleep(BooleanSupplier work) {
        int sleeping;
        if (lookers.get() == 0) {
            sleeping = ASLEEP;
            word.putIntVolatile(0, ASLEEP);
        } else {
            // Not over ASLEEP, which the last of them may have written meanwhile: that has to be noticed.
            sleeping = LOOKED_AFTER;
            word.compareAndSetInt(0, AWAKE, LOOKED_AFTER);
            VarHandle.fullFence();
            if (lookers.get() == 0) {
                // The last has left, and a producer has woken whom it thought asleep, before that.
                sleeping = ASLEEP;
                word.putIntVolatile(0, ASLEEP);
            }
        }
        VarHandle.fullFence();
        if (!work.getAsBoolean()) {
            timeout.set(sleepNs);
            Linux.futexWait(word.addressOffset(), sleeping, timeout);
        }
        word.compareAndSetInt(0, ASLEEP, AWAKE);
    }

    /** The consumer has no more use for a seat. */
    void leave() {
        seat.leave();
    }

    /** Somebody else looks for the work from now on, so the consumer need not be woken for it. */
    void beginLooking() {
        lookers.getAndIncrement();
        word.putIntVolatile(0, LOOKED_AFTER);
    }

    /**
     * He does so no more. What came meanwhile has been seen by him or is there now: if there is {@code work}, the
     * consumer is woken.
     */
    void endLooking(BooleanSupplier work) {
        if (lookers.decrementAndGet() == 0) {
            word.putIntVolatile(0, ASLEEP);
            VarHandle.fullFence();
            if (work.getAsBoolean()) {
                wake();
            }
        }
    }

    /** Wakes the consumer if it sleeps, after work was published. Any thread of either process. */
    void wake() {
        VarHandle.fullFence();
        if (word.getIntVolatile(0) == ASLEEP && word.compareAndSetInt(0, ASLEEP, AWAKE)) {
            Linux.futexWake(word.addressOffset());
        }
    }

    /**
     * Wakes the consumer if it sleeps, whatever the word says: a producer that was killed may have cleared it and never
     * come to wake anybody.
     */
    void wakeRegardless() {
        VarHandle.fullFence();
        word.putIntVolatile(0, AWAKE);
        Linux.futexWake(word.addressOffset());
    }
}
