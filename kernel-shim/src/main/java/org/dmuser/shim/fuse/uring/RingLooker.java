package org.dmuser.shim.fuse.uring;

import java.util.concurrent.atomic.AtomicInteger;
import org.dmuser.channel.AnswerLooker;
import org.dmuser.channel.MessageQueues;
import org.dmuser.channel.Patience;
import org.dmuser.channel.Seats;
import org.dmuser.shim.fuse.kernel.KernelSession;

/**
 * How the thread of a ring looks for requests, and for answers of daemons, before it sleeps: as long as the last waits
 * suggest, with a seat, leaving its processor to others between two looks. Of that thread.
 */
final class RingLooker {
    private final KernelSession session;
    private final AtomicInteger lookers;
    private final Patience patience = new Patience();
    private final Seats.Seat seat;
    private final AnswerLooker daemonAnswers = new AnswerLooker();
    private final MessageQueues queues = new MessageQueues();
    private boolean looking;

    /** Since when it waits. */
    private long waitsSinceNs = System.nanoTime();

    /** @param lookers how many of the mount's threads look */
    RingLooker(KernelSession session, AtomicInteger lookers) {
        this.session = session;
        this.lookers = lookers;
        this.seat = session.seats().seat();
    }

    /** A request has come. */
    void found() {
        patience.waited(System.nanoTime() - waitsSinceNs);
    }

    /** All that have come have been served: the wait for the next one begins. */
    void waits() {
        waitsSinceNs = System.nanoTime();
    }

    /** Whether it is to look now. */
    boolean begins() {
        long lookNs = patience.lookNs();
        if (lookNs == 0 || System.nanoTime() - waitsSinceNs >= lookNs) {
            return false;
        }
        session.addQueues(queues.clear());
        if (!looking) {
            // While one looks for answers of daemons, those want the other processors.
            int others = lookers.getAndIncrement();
            looking = (others == 0 || !queues.lend()) && seat.take();
            if (!looking) {
                lookers.getAndDecrement();
            }
        }
        return looking;
    }

    /** Looks until there is something for the ring's thread to do, or it has taken long enough. */
    void look(Ring ring) {
        long lookNs = patience.lookNs();
        do {
            if (daemonAnswers.look(queues) > 0) {
                waitsSinceNs = System.nanoTime();
            }
            if (ring.hasWork()) {
                return;
            }
            // To whoever else wants this processor, which may be the one that is waited for.
            Thread.yield();
        } while (!ring.hasWork() && System.nanoTime() - waitsSinceNs < lookNs);
    }

    /** Leaves answers to the threads that serve the channels, and its seat to others. */
    void stop() {
        daemonAnswers.leave();
        if (looking) {
            looking = false;
            seat.leave();
            lookers.getAndDecrement();
        }
    }
}
