package org.dmuser.channel;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/**
 * Takes the answers of a channel's daemon: on the serving thread, which sleeps here while there are none, or on others
 * that look for it.
 *
 * <p>One thread takes at a time. Whoever finds another at it leaves the answers to that one: if it is not the serving
 * thread, it has said that it looks ({@link #beginLooking}), and so looks again before it goes, or has the serving
 * thread woken.
 */
final class AnswerTaker {
    private final ResponseAdapter responses;
    private final SleepWord serviceSleeps;
    private final BooleanSupplier work;
    private final AtomicBoolean taking = new AtomicBoolean();

    /**
     * Makes a taker.
     *
     * @param otherWork whether there is something else for the serving thread to do; asked by any thread
     */
    AnswerTaker(ResponseAdapter responses, SleepWord serviceSleeps, BooleanSupplier otherWork) {
        this.responses = responses;
        this.serviceSleeps = serviceSleeps;
        work = () -> hasAnswer() || otherWork.getAsBoolean();
    }

    /** Whether there are answers that nobody is taking: those are no work for anybody else. */
    boolean hasAnswer() {
        return responses.hasAnswer() && !taking.get();
    }

    /** Takes the answers there are, unless another thread is at it; how many records that were. Any thread. */
    int take() {
        if (taking.get() || !taking.compareAndSet(false, true)) {
            return 0;
        }
        try {
            return responses.drain();
        } finally {
            taking.set(false);
        }
    }

    /** Waits until there is something to do for the serving thread, which calls this; whether it slept. */
    boolean await() {
        return serviceSleeps.await(work);
    }

    /** Has the serving thread look whether there is something else to do. */
    void wake() {
        serviceSleeps.wakeRegardless();
    }

    /** Another thread than the serving one takes answers from now on. */
    void beginLooking() {
        serviceSleeps.beginLooking();
    }

    /** It does so no more. */
    void endLooking() {
        serviceSleeps.endLooking(work);
    }

    /** The serving thread will not wait any more. */
    void leave() {
        serviceSleeps.leave();
    }

    /**
     * Takes the last answers, after which nobody takes any: what the daemon answered before it went counts, even if it
     * is dead by now. A read stops at the end of the ring, so one is not enough; but a daemon that goes on answering is
     * not waited for.
     */
    void takeLast(int countMax) {
        while (!taking.compareAndSet(false, true)) {
            Thread.yield();
        }
        int answers = 0;
        int count;
        do {
            count = responses.drain();
            answers += count;
        } while (count > 0 && answers < countMax);
    }
}
