package org.dmuser.shim.fuse.uring;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.dmuser.shim.file.IoContext;
import org.dmuser.shim.fuse.kernel.CallServer;
import org.dmuser.shim.fuse.kernel.KernelSession;
import org.dmuser.shim.fuse.kernel.Operations;
import org.dmuser.shim.fuse.kernel.Requests;

/**
 * Drives a ring while a handler keeps the ring's thread. It runs no handler itself, so it is always there for the
 * requests of that processor. Started when it is needed first; from then on it stays until the end, because the kernel
 * puts requests into entries on behalf of the thread that has given them.
 */
final class Deputy implements Runnable, CallServer {
    private static final long PAUSE_AFTER_ERROR_NS = 10_000_000;

    private final Ring ring;
    private final Turn turn;
    private final Helpers helpers;
    private final KernelSession session;
    private final IoContext context;
    private final String name;

    /** Guarded by this object. */
    private Thread thread;

    Deputy(Ring ring, Turn turn, Helpers helpers, String name) {
        this.ring = ring;
        this.turn = turn;
        this.helpers = helpers;
        this.session = ring.session();
        this.context = new IoContext(session.errors());
        this.name = name;
    }

    /** It is its turn. */
    synchronized void drive() {
        if (thread == null) {
            session.hold();
            thread = new Thread(null, this, name, 0, false);
            thread.setDaemon(true);
            thread.start();
        }
        LockSupport.unpark(thread);
    }

    synchronized void ringIsDone() {
        LockSupport.unpark(thread);
    }

    /** Waits until its thread, if it had one, is gone; whether it is. */
    boolean awaitEnd(long deadlineNs) throws InterruptedException {
        Thread started;
        synchronized (this) {
            started = thread;
        }
        if (started == null) {
            return true;
        }
        started.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(deadlineNs - System.nanoTime())));
        return !started.isAlive();
    }

    @Override
    public IoContext context() {
        return context;
    }

    @Override
    public void stopLooking() {
        // It never does.
    }

    @Override
    public void run() {
        try {
            while (!ring.isDone()) {
                try {
                    turn.awaitDeputy();
                    serveAll();
                } catch (RuntimeException | Error e) {
                    session.errors().onError(e);
                    LockSupport.parkNanos(PAUSE_AFTER_ERROR_NS);
                }
            }
        } finally {
            if (turn.isToBeGivenBack()) {
                turn.giveBack();
            }
            session.release();
        }
    }

    private void serveAll() {
        while (!ring.isDone()) {
            for (Entry entry = ring.take(); entry != null; entry = ring.take()) {
                serve(entry);
            }
            ring.takeAnswers();
            if (turn.isToBeGivenBack()) {
                ring.submit();
                turn.giveBack();
                return;
            }
            sleep();
        }
    }

    private void serve(Entry entry) {
        boolean mayWait =
                session.requestBegins() < Requests.LIMIT && entry.queue().hasMore();
        if (Operations.mayTakeLong(entry.opcode())) {
            helpers.serve(entry, ring.calls().take(), mayWait);
        } else {
            var call = ring.calls().take();
            if (Service.perform(session, this, entry, call, mayWait)) {
                ring.calls().putBack(call);
            }
        }
    }

    private void sleep() {
        Answers answers = ring.answers();
        answers.beginSleep();
        if (ring.hasWork() || turn.isToBeGivenBack()) {
            ring.submit();
        } else {
            ring.io().submitAndWait();
        }
        answers.endSleep();
    }
}
