package org.dmuser.shim.fuse.kernel;

import org.dmuser.channel.AnswerLooker;
import org.dmuser.channel.MessageQueues;
import org.dmuser.channel.Seats;
import org.dmuser.shim.os.Processors;

/**
 * How a reader looks for requests, and for answers of daemons, without sleeping: as long as that is worth it, {@link
 * Lookers} has room for it and there is a seat. Between two looks it leaves its processor to others. Belongs to the
 * thread of its reader.
 */
final class Looker {
    /** About a microsecond and a half. */
    private static final int KEEP_AWAKE_SPINS = 64;

    /** Where all processors are busy, there is no use in going from one to another, which takes some microseconds. */
    private static final long BETWEEN_MOVES_NS = 1_000_000;

    private final KernelSession session;
    private final Lookers lookers;
    private final Seats.Seat seat;
    private final AnswerLooker answers = new AnswerLooker();
    private final MessageQueues queues = new MessageQueues();

    /** Whether it is one of those that look, from request to request. */
    private boolean looking;

    /** Whether it has found a request in its last look though another one reads them. */
    private boolean hasAssisted;

    private long lastMoveNs = System.nanoTime();

    Looker(KernelSession session) {
        this.session = session;
        this.lookers = session.lookers();
        this.seat = session.seats().seat();
    }

    /** Whether it is to look for requests, in which case it will, with {@link #look}. */
    boolean begins() {
        if (lookers.lookNs() == 0) {
            return false;
        }
        session.addQueues(queues.clear());
        if (!looking && lookers.begins(queues)) {
            looking = seat.take();
            if (!looking) {
                lookers.ends(this);
            }
        }
        return looking;
    }

    /** Looks for a request, to be received with {@code request}; as {@link FuseRequest#receive}. */
    int look(FuseRequest request) {
        long lookNs = lookers.lookNs();
        long nowNs;
        do {
            // First, for requests that come without a pause must not keep it from those that have been answered.
            if (answers.look(queues) > 0) {
                lookers.event(System.nanoTime());
            }
            int length = lookers.isPrincipal(this) ? lead(request) : assist(request);
            if (length != FuseRequest.NOTHING) {
                return length;
            }
            nowNs = System.nanoTime();
            // To whoever else wants this processor, which may be the one that is waited for.
            Thread.yield();
        } while (lookers.sinceEvent(nowNs) < lookNs);
        return FuseRequest.NOTHING;
    }

    /** What the principal does. */
    private int lead(FuseRequest request) {
        lookers.principalLooksOn(Processors.current());
        return lookOnce(request);
    }

    private int lookOnce(FuseRequest request) {
        return request.receive(session.connection().polledFd());
    }

    /**
     * What the second looker does: it keeps a processor from going to sleep and, while the first one is busy with a
     * request, looks whether there is another, and once more when it has found one.
     */
    private int assist(FuseRequest request) {
        keepApart();
        if (hasAssisted || lookers.isPrincipalBusy()) {
            int length = lookOnce(request);
            hasAssisted = length > FuseRequest.NOTHING;
            return length;
        }
        for (int i = 0; i < KEEP_AWAKE_SPINS; i++) {
            Thread.onSpinWait();
        }
        return FuseRequest.NOTHING;
    }

    /**
     * Goes away from the processor of the principal, where the two would take turns while another one slept. The kernel
     * leaves them there: for a processor that sleeps as briefly as between two requests it moves nobody.
     */
    private void keepApart() {
        int processor = Processors.current();
        if (lookers.isPrincipalOn(processor)) {
            long nowNs = System.nanoTime();
            if (nowNs - lastMoveNs > BETWEEN_MOVES_NS) {
                lastMoveNs = nowNs;
                Processors.leave(processor);
            }
        }
    }

    /** It has a request, or has answered it. */
    void busy(boolean busy) {
        lookers.principalBusy(this, busy);
    }

    /** Leaves answers to the threads that serve the channels, and its seat to others. */
    void stop() {
        answers.leave();
        if (looking) {
            looking = false;
            seat.leave();
            lookers.ends(this);
        }
    }
}
