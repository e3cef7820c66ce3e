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

    private final KernelSession session;
    private final Readers readers;
    private final Requests requests;
    private final Operations operations;
    private final ErrorHandler errors;
    private final IoContext context;
    private final Seats.Seat seat;
    private final AnswerLooker answers = new AnswerLooker();
    private final Thread thread;

    /** For when no other is to be had: received with it, what may take long is refused. */
    private FuseRequest spare;

    /** Whether it is one of those that look, from request to request. */
    private boolean looking;

    /** When the request came that it serves. */
    private long receivedNs;

    private volatile boolean resting;

    Reader(KernelSession session, String name) {
        this.session = session;
        this.readers = session.readers();
        this.requests = session.requests();
        this.operations = session.operations();
        this.errors = session.errors();
        this.context = new IoContext(errors);
        this.seat = session.seats().seat();
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

    /** Leaves answers to the threads that serve the channels: this one is going to wait for one. */
    void stopLooking() {
        answers.leave();
    }

    String describe() {
        return thread.getName() + " (" + context.describe() + ")";
    }

    @Override
    public void run() {
        FuseRequest request = null;
        try {
            request = next();
            for (int length = await(request); length != ENDED; length = await(request)) {
                request = serve(request, length);
            }
        } catch (RuntimeException | Error e) {
            errors.onError(e);
        } finally {
            stopBeingLooker();
            if (request != null && request != spare) {
                requests.putBack(request);
            }
            readers.leave(this);
        }
    }

    /** Waits for a request; its length, or ENDED when the file has been unmounted or the thread is not needed. */
    private int await(FuseRequest request) {
        while (!session.isEnded()) {
            int length = look(request);
            if (length == NOTHING) {
                stopBeingLooker();
                length = switch (readers.roleOf(this)) {
                    case SLEEP -> sleep(request);
                    case REST -> rest();
                    case LEAVE -> ENDED;
                };
            }
            if (length != NOTHING) {
                return length;
            }
        }
        return ENDED;
    }

    private int look(FuseRequest request) {
        long lookNs = readers.patience().lookNs();
        MessageQueue queue = session.queue();
        if (lookNs == 0 || !becomeLooker(queue)) {
            return NOTHING;
        }
        request.borrow(queue);
        int polledFd = session.connection().polledFd();
        long nowNs;
        do {
            int length = request.receive(polledFd);
            nowNs = System.nanoTime();
            if (length != -Errno.EAGAIN.number()) {
                int checked = checked(length);
                if (checked != NOTHING) {
                    readers.event(nowNs);
                    receivedNs = nowNs;
                    return checked;
                }
            }
            if (queue != null && answers.look(queue) > 0) {
                readers.event(nowNs);
            }
        } while (readers.sinceEvent(nowNs) < lookNs);
        return NOTHING;
    }

    private boolean becomeLooker(MessageQueue queue) {
        if (!looking && readers.beginsLooking(queue)) {
            looking = seat.take();
            if (!looking) {
                readers.endsLooking();
            }
        }
        return looking;
    }

    private void stopBeingLooker() {
        answers.leave();
        if (looking) {
            looking = false;
            seat.leave();
            readers.endsLooking();
        }
    }

    private int sleep(FuseRequest request) {
        try {
            request.memory().useOwn();
            int length = checked(request.receive(session.connection().sleepingFd()));
            receivedNs = System.nanoTime();
            readers.event(receivedNs);
            return length;
        } finally {
            readers.endsSleep();
        }
    }

    /** What was read, if it is a request. */
    private int checked(int length) {
        if (length > 0) {
            return length;
        }
        Errno errno = Errno.of(-length);
        return switch (errno) {
            // Taken by another, interrupted by a signal, or aborted before it was read.
            case EAGAIN, EINTR, ENOENT -> NOTHING;
            default -> session.end(errno);
        };
    }

    /** Waits until there is something for it to do. It is on the list of those that rest. */
    private int rest() {
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

    /** Serves a request; the one to receive the next with. */
    private FuseRequest serve(FuseRequest request, int length) {
        boolean mayWait = readers.beginsService();
        requests.begins();
        boolean answered;
        try {
            answered = perform(request, length, mayWait && request != spare);
        } finally {
            readers.endsService(receivedNs);
        }
        return answered && request != spare ? request : next();
    }

    private boolean perform(FuseRequest request, int length, boolean mayWait) {
        try {
            request.begin(length);
            return request.serve(operations, this, mayWait);
        } catch (RuntimeException | Error e) {
            errors.onError(e);
            return request.recover();
        }
    }

    private FuseRequest next() {
        FuseRequest request = requests.take();
        if (request != null) {
            return request;
        }
        if (spare == null) {
            spare = new FuseRequest(session);
        }
        return spare;
    }
}
