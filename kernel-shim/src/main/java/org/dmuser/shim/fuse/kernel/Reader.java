package org.dmuser.shim.fuse.kernel;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.agrona.ErrorHandler;
import org.dmuser.channel.AnswerLooker;
import org.dmuser.channel.Errno;
import org.dmuser.channel.MessageQueue;
import org.dmuser.channel.Seats;
import org.dmuser.shim.file.IoContext;

/**
 * A thread that takes requests from the kernel and serves them.
 *
 * <p>Between two requests it looks for the next one, and for answers of daemons, while that is worth it and {@link
 * Readers} has room for one more that does; else it sleeps in the kernel if no other one does; else it rests until it
 * is needed.
 */
final class Reader implements Runnable {
    private static final int NOTHING = 0;
    private static final int ENDED = -1;

    /** A device that has been idle for longer does without memory that its daemon would share. */
    private static final int BORROWS_ASLEEP_MS = 10;

    /** An error that stays must not keep a processor busy. */
    private static final long PAUSE_AFTER_ERROR_NS = 10_000_000;

    /** About a microsecond and a half. */
    private static final int KEEP_AWAKE_SPINS = 64;

    private final KernelSession session;
    private final Readers readers;
    private final Requests requests;
    private final Operations operations;
    private final ErrorHandler errors;
    private final IoContext context;
    private final Seats.Seat seat;
    private final AnswerLooker answers = new AnswerLooker();
    private final Doze doze;
    private final Thread thread;

    /** For when no other is to be had: received with it, what may take long is refused if that is still so then. */
    private FuseRequest spare;

    /** What the next is received with; null while it is to be had. */
    private FuseRequest request;

    /** Whether it is one of those that look, from request to request. */
    private boolean looking;

    /** Whether it has found a request in its last look though another one reads them. */
    private boolean hasAssisted;

    /** When the request came that it serves. */
    private long receivedNs;

    private boolean toLeave;
    private volatile boolean resting;

    Reader(KernelSession session, String name) {
        this.session = session;
        this.readers = session.readers();
        this.requests = session.requests();
        this.operations = session.operations();
        this.errors = session.errors();
        this.context = new IoContext(errors);
        this.seat = session.seats().seat();
        this.doze = new Doze(session.connection().polledFd());
        this.thread = new Thread(null, this, name, 0, false);
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    boolean isAlive() {
        return thread.isAlive();
    }

    /** Waits until its thread is gone; whether it is. */
    boolean awaitEnd(long deadlineNs) throws InterruptedException {
        thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(deadlineNs - System.nanoTime())));
        return !isAlive();
    }

    /** For requests that are done while it waits. */
    IoContext context() {
        return context;
    }

    /** A request that it serves is about to be answered by the calling thread: the next one may come at any moment. */
    void answers() {
        if (Thread.currentThread() == thread) {
            readers.principalBusy(this, false);
        }
    }

    /** Leaves answers to the threads that serve the channels, and its seat to others: it is going to wait. */
    void stopLooking() {
        answers.leave();
        if (looking) {
            looking = false;
            seat.leave();
            readers.endsLooking(this);
        }
    }

    String describe() {
        return thread.getName() + " (" + context.describe() + ")";
    }

    @Override
    public void run() {
        try {
            while (takeOne()) {
                continue;
            }
        } finally {
            stopLooking();
            if (request != null && request != spare) {
                requests.putBack(request);
            }
            if (spare != null) {
                requests.forget(spare);
            }
            readers.leave(this);
        }
    }

    /**
     * Takes a request and serves it; false when there will be none for it. Whatever goes wrong, the thread goes on:
     * without a server the file would be dead.
     */
    private boolean takeOne() {
        try {
            if (request == null) {
                request = next();
            }
            int length = await();
            if (length == ENDED) {
                return false;
            }
            serve(length);
        } catch (RuntimeException | Error e) {
            errors.onError(e);
            stopLooking();
            LockSupport.parkNanos(PAUSE_AFTER_ERROR_NS);
        }
        return true;
    }

    /** Waits for a request; its length, or ENDED when the file has been unmounted or the thread is not needed. */
    private int await() {
        while (!session.isEnded()) {
            int length = look();
            if (length == NOTHING) {
                stopLooking();
                length = switch (readers.roleOf(this)) {
                    case SLEEP -> sleep();
                    case REST -> rest();
                    case LEAVE -> leave();
                };
            }
            if (length != NOTHING) {
                return length;
            }
        }
        return ENDED;
    }

    private int leave() {
        toLeave = true;
        return ENDED;
    }

    /** Whether it has been told to leave. Of the thread itself only. */
    boolean isToLeave() {
        return toLeave;
    }

    private int look() {
        long lookNs = readers.patience().lookNs();
        MessageQueue queue = session.queue();
        if (lookNs == 0 || !becomeLooker(queue)) {
            return NOTHING;
        }
        placeData(queue);
        long nowNs;
        do {
            // First, for requests that come without a pause must not keep it from those that have been answered.
            if (lookForAnswers(queue)) {
                readers.event(System.nanoTime());
            }
            int length = readers.isPrincipal(this) ? lookOnce() : assist();
            if (length != NOTHING) {
                return length;
            }
            nowNs = System.nanoTime();
            // To whoever else wants this processor, which may be the one that is waited for.
            Thread.yield();
        } while (readers.sinceEvent(nowNs) < lookNs);
        return NOTHING;
    }

    private int lookOnce() {
        return receive(session.connection().polledFd());
    }

    /**
     * What the second looker does: it keeps a processor from going to sleep and, while the first one is busy with a
     * request, looks whether there is another, and once more when it has found one.
     */
    private int assist() {
        if (hasAssisted || readers.isPrincipalBusy()) {
            int length = lookOnce();
            hasAssisted = length > NOTHING;
            return length;
        }
        for (int i = 0; i < KEEP_AWAKE_SPINS; i++) {
            Thread.onSpinWait();
        }
        return NOTHING;
    }

    /** A request without memory for its data makes way for one that has some; the last resort is the spare one. */
    private void placeData(MessageQueue queue) {
        request.memory().place(queue);
        if (!request.memory().hasData() && request != spare) {
            requests.discard(request);
            request = requests.takeFree();
            if (request == null) {
                request = spare();
            }
            request.memory().place(queue);
        }
    }

    private boolean becomeLooker(MessageQueue queue) {
        if (!looking && readers.beginsLooking(queue)) {
            looking = seat.take();
            if (!looking) {
                readers.endsLooking(this);
            }
        }
        return looking;
    }

    private boolean lookForAnswers(MessageQueue queue) {
        if (queue == null) {
            // There is another table now; the daemons of the last one may have another device, too.
            answers.leave();
            return false;
        }
        return answers.look(queue) > 0;
    }

    private int sleep() {
        try {
            MessageQueue queue = session.queue();
            boolean borrows = queue != null && queue.lends() && readers.hasEventWithin(BORROWS_ASLEEP_MS);
            placeData(borrows ? queue : null);
            if (borrows) {
                return doze.await(BORROWS_ASLEEP_MS) ? lookOnce() : NOTHING;
            }
            return receive(session.connection().sleepingFd());
        } finally {
            readers.endsSleep();
        }
    }

    /** Reads a request, if there is one: its length, NOTHING, or ENDED. */
    private int receive(int fd) {
        int length = request.receive(fd);
        if (length > 0) {
            receivedNs = System.nanoTime();
            readers.event(receivedNs);
            return length;
        }
        return length == -Errno.EAGAIN.number() ? NOTHING : notReceived(Errno.of(-length));
    }

    private int notReceived(Errno why) {
        return switch (why) {
            // Interrupted by a signal, or aborted before it was read.
            case EINTR, ENOENT -> NOTHING;
            default -> session.end(why);
        };
    }

    /** Waits until there is something for it to do. It is on the list of those that rest. */
    private int rest() {
        request.memory().giveBack();
        while (resting) {
            LockSupport.park(this);
        }
        return NOTHING;
    }

    /** Said under the lock of the readers, before it is put on the list. */
    void toRest() {
        resting = true;
    }

    /** Ends its rest; it has been taken off the list of those that rest. */
    void wake() {
        resting = false;
        LockSupport.unpark(thread);
    }

    /** Serves the request received. */
    private void serve(int length) {
        FuseRequest served = request;
        request = null;
        boolean mayWait = readers.beginsService();
        readers.principalBusy(this, true);
        requests.begins();
        try {
            boolean answered = perform(served, length, mayWait);
            if (answered && served != spare) {
                request = served;
            } else if (answered) {
                served.memory().giveBack();
            }
        } finally {
            readers.endsService(receivedNs);
        }
    }

    private boolean perform(FuseRequest served, int length, boolean mayWait) {
        try {
            served.begin(length, this);
            return served.serve(operations, mayWait && isRegular(served));
        } catch (RuntimeException | Error e) {
            errors.onError(e);
            return served.recover();
        }
    }

    /** Whether it is one of those that may be under way: also the spare one, if another can take its place by now. */
    private boolean isRegular(FuseRequest received) {
        if (received == spare) {
            FuseRequest other = requests.take();
            if (other == null) {
                return false;
            }
            spare = other;
        }
        return true;
    }

    private FuseRequest next() {
        FuseRequest next = requests.take();
        return next == null ? spare() : next;
    }

    private FuseRequest spare() {
        if (spare == null) {
            spare = requests.makeSpare();
        }
        return spare;
    }
}
