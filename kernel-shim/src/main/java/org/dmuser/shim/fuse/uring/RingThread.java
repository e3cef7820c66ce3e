package org.dmuser.shim.fuse.uring;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.dmuser.channel.Errno;
import org.dmuser.shim.file.IoContext;
import org.dmuser.shim.fuse.kernel.Call;
import org.dmuser.shim.fuse.kernel.CallServer;
import org.dmuser.shim.fuse.kernel.KernelSession;
import org.dmuser.shim.fuse.kernel.Operations;
import org.dmuser.shim.fuse.kernel.Relief;
import org.dmuser.shim.fuse.kernel.Requests;
import org.dmuser.shim.os.Processors;

/**
 * The thread of a ring, on the processor whose requests that brings: takes them, runs the handler, gives the kernel the
 * answers. Between two requests it looks for the next one, then sleeps in the ring.
 *
 * <p>If a handler does not return, a {@link Deputy} drives the ring until it does.
 */
final class RingThread implements Runnable, CallServer, Relief.Crew {
    /** How long nothing comes before memory is given back. */
    private static final int TRIM_MS = 5000;

    /** An error that stays must not keep a processor busy. */
    private static final long PAUSE_AFTER_ERROR_NS = 10_000_000;

    /** Any processor. */
    static final int NOT_PINNED = -1;

    private final Ring ring;
    private final KernelSession session;
    private final Helpers helpers;
    private final Pace pace;
    private final int processor;
    private final Turn turn;
    private final Deputy deputy;
    private final RingLooker looker;
    private final IoContext context;
    private final Thread thread;
    private final CompletableFuture<Integer> registered = new CompletableFuture<>();

    /** For the next request, if it is not null. */
    private Call spare;

    private volatile long served;

    /** @param processor where it is to run, or {@link #NOT_PINNED} */
    RingThread(Ring ring, Helpers helpers, Pace pace, RingLooker looker, int processor) {
        this.ring = ring;
        this.session = ring.session();
        this.helpers = helpers;
        this.pace = pace;
        this.processor = processor;
        this.turn = new Turn(ring);
        this.looker = looker;
        this.context = new IoContext(session.errors());
        String name = "fuse-" + session.name() + "-ring-" + (processor == NOT_PINNED ? "any" : processor);
        this.deputy = new Deputy(ring, turn, helpers, name + "-deputy");
        this.thread = new Thread(null, this, name, 0, false);
        thread.setDaemon(true);
    }

    /** Starts it; the connection is held until it has left. */
    void start() {
        session.hold();
        thread.start();
    }

    /** Waits until the kernel has the ring's entries; 0, or the error number with which it refuses them. */
    int awaitRegistered() {
        return registered.join();
    }

    /** Waits until the thread and its deputy are gone; whether they are. */
    boolean awaitEnd(long deadlineNs) throws InterruptedException {
        thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(deadlineNs - System.nanoTime())));
        return !thread.isAlive() && deputy.awaitEnd(deadlineNs);
    }

    /** For people. */
    String describe() {
        return thread.getName() + (thread.isAlive() ? " (" + ring.describe() + ")" : " (gone)");
    }

    @Override
    public IoContext context() {
        return context;
    }

    @Override
    public void stopLooking() {
        looker.stop();
    }

    @Override
    public void run() {
        session.relief().add(this);
        try {
            begin();
            while (!ring.isDone()) {
                turn.awaitBack();
                try {
                    drive();
                } catch (RuntimeException | Error e) {
                    turn.endService();
                    session.errors().onError(e);
                    stopLooking();
                    LockSupport.parkNanos(PAUSE_AFTER_ERROR_NS);
                }
            }
        } finally {
            registered.complete(Errno.EIO.number());
            stopLooking();
            session.relief().remove(this);
            deputy.ringIsDone();
            session.release();
        }
    }

    private void begin() {
        if (processor != NOT_PINNED) {
            Errno status = Processors.pinTo(processor);
            if (status != Errno.OK) {
                session.errors()
                        .onError(new IllegalStateException("device " + session.name()
                                + ": a thread cannot be kept on processor " + processor + ": " + status.text()));
            }
        }
        registered.complete(ring.register());
    }

    /** Drives the ring until it is done, or its deputy drives. */
    private void drive() {
        while (!ring.isDone()) {
            boolean busy = false;
            for (Entry entry = ring.take(); entry != null; entry = ring.take()) {
                if (!busy) {
                    looker.found();
                    busy = true;
                }
                if (!serve(entry)) {
                    return;
                }
            }
            if (ring.takeAnswers() || busy) {
                looker.waits();
            }
            if (looker.begins()) {
                ring.submit();
                looker.look(ring);
            } else {
                stopLooking();
                sleep();
            }
        }
    }

    private void sleep() {
        Answers answers = ring.answers();
        answers.beginSleep();
        if (ring.hasWork()) {
            ring.submit();
        } else if (ring.isToBeTrimmed()) {
            ring.io().submitAndWait(TRIM_MS);
            answers.endSleep();
            if (!ring.hasWork()) {
                ring.trim();
            }
        } else {
            ring.io().submitAndWait();
        }
        answers.endSleep();
        session.relief().watch();
    }

    /** Serves the request in an entry, or has it served; whether the thread still drives the ring. */
    private boolean serve(Entry entry) {
        Call call = spare == null ? ring.calls().take() : spare;
        spare = null;
        boolean mayWait =
                session.requestBegins() < Requests.LIMIT && entry.queue().hasMore();
        if (session.operations().waits(entry) || pace.isSlow() && Operations.mayTakeLong(entry.opcode())) {
            helpers.serve(entry, call, mayWait);
            return true;
        }
        int bytes = entry.transferLength();
        long beganNs = System.nanoTime();
        turn.beginService();
        if (Service.perform(session, this, entry, call, mayWait)) {
            spare = call;
        }
        served++;
        pace.served(System.nanoTime() - beganNs, bytes);
        return turn.endService();
    }

    @Override
    public boolean areAllServing() {
        return turn.isServing();
    }

    @Override
    public long served() {
        return served;
    }

    @Override
    public void relieve() {
        if (turn.relieve()) {
            deputy.drive();
        }
    }

    @Override
    public boolean oneSleeps() {
        return ring.answers().isSleeping();
    }
}
