package org.dmuser.shim.fuse.kernel;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.agrona.ErrorHandler;
import org.dmuser.channel.MessageQueue;
import org.dmuser.shim.file.IoContext;
import org.dmuser.shim.os.PollFd;

/**
 * A thread that takes requests from the kernel and serves them.
 *
 * <p>Between two requests it looks for the next one, if it may ({@link Looker}); else it sleeps in the kernel if no
 * other one does; else it rests until it is needed ({@link Readers}).
 */
final class Reader implements Runnable, CallServer {
    /** A device that has been idle for longer does without memory that its daemon would share. */
    private static final int BORROWS_ASLEEP_MS = 10;

    /** An error that stays must not keep a processor busy. */
    private static final long PAUSE_AFTER_ERROR_NS = 10_000_000;

    private final KernelSession session;
    private final Readers readers;
    private final Requests requests;
    private final Operations operations;
    private final ErrorHandler errors;
    private final IoContext context;
    private final Looker looker;
    private final PollFd polled;
    private final Thread thread;

    /** For when no other is to be had: received with it, what may take long is refused if that is still so then. */
    private FuseRequest spare;

    /** What the next is received with; null while it is to be had. */
    private FuseRequest request;

    private boolean toLeave;
    private volatile boolean resting;

    Reader(KernelSession session, String name) {
        this.session = session;
        this.readers = session.readers();
        this.requests = session.requests();
        this.operations = session.operations();
        this.errors = session.errors();
        this.context = new IoContext(errors);
        this.looker = new Looker(session);
        this.polled = new PollFd(session.connection().polledFd());
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

    @Override
    public IoContext context() {
        return context;
    }

    /** A request that it serves is about to be answered by the calling thread: the next one may come at any moment. */
    void answers() {
        if (Thread.currentThread() == thread) {
            looker.busy(false);
        }
    }

    @Override
    public void stopLooking() {
        looker.stop();
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
            if (length == KernelSession.ENDED) {
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
            if (length == FuseRequest.NOTHING) {
                stopLooking();
                length = switch (readers.roleOf(this)) {
                    case SLEEP -> sleep();
                    case REST -> rest();
                    case LEAVE -> leave();
                };
            }
            if (length != FuseRequest.NOTHING) {
                return length;
            }
        }
        return KernelSession.ENDED;
    }

    private int leave() {
        toLeave = true;
        return KernelSession.ENDED;
    }

    /** Whether it has been told to leave. Of the thread itself only. */
    boolean isToLeave() {
        return toLeave;
    }

    private int look() {
        if (!looker.begins()) {
            return FuseRequest.NOTHING;
        }
        request.memory().place(session.queue());
        return looker.look(request);
    }

    private int sleep() {
        try {
            MessageQueue queue = session.queue();
            boolean borrows =
                    queue != null && queue.lends() && session.lookers().hasEventWithin(BORROWS_ASLEEP_MS);
            request.memory().place(borrows ? queue : null);
            if (!borrows) {
                return request.receive(session.connection().sleepingFd());
            }
            return polled.await(BORROWS_ASLEEP_MS) == 0
                    ? FuseRequest.NOTHING
                    : request.receive(session.connection().polledFd());
        } finally {
            readers.endsSleep();
        }
    }

    /** Waits until there is something for it to do. It is on the list of those that rest. */
    private int rest() {
        request.memory().release();
        while (resting) {
            LockSupport.park(this);
        }
        return FuseRequest.NOTHING;
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
        long receivedNs = served.receivedNs();
        request = null;
        boolean mayWait = readers.beginsService();
        looker.busy(true);
        requests.begins();
        try {
            boolean answered = perform(served, length, mayWait);
            if (answered && served != spare) {
                request = served;
            } else if (answered) {
                served.memory().release();
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
