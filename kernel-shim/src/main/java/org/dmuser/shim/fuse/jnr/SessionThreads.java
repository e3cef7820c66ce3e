package org.dmuser.shim.fuse.jnr;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.agrona.ErrorHandler;
import org.dmuser.channel.Uninterruptible;
import org.dmuser.shim.fuse.Session;

/**
 * The threads that serve one mount: two to begin with, and one more whenever the last idle one takes up a request, so
 * that a device which does not answer does not keep {@code stat} and {@code open} from being answered. Where there can
 * be no more, the request that would take the last one is refused: what a thread is given by libfuse is known only when
 * it has it, so none can be kept for what does not wait.
 *
 * <p>They end by themselves when the file system is unmounted; the last one takes the session down.
 */
final class SessionThreads implements Session {
    private static final int INITIAL = 2;
    private static final int LIMIT = 256;

    private final String name;
    private final JnrSession session;
    private final ErrorHandler errors;

    /** All that were ever started; guarded by itself. */
    private final List<SessionThread> threads = new ArrayList<>();

    private final AtomicInteger idle = new AtomicInteger();
    private final AtomicInteger running = new AtomicInteger();
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean full;

    /** Makes them, without starting any. */
    SessionThreads(String name, JnrSession session, ErrorHandler errors) {
        this.name = name;
        this.session = session;
        this.errors = errors;
    }

    @Override
    public void start() {
        // Counted before any can end, so that the session is not taken down between two starts.
        running.incrementAndGet();
        for (int i = 0; i < INITIAL; i++) {
            startOne();
        }
        leave();
    }

    /**
     * To be called by a session thread before it does something that may take time. False if that would leave no thread
     * for anything else: it must not be done then, and has not begun.
     */
    boolean requestBegins() {
        if (idle.decrementAndGet() > 0 || startOne()) {
            return true;
        }
        idle.incrementAndGet();
        return false;
    }

    /** To be called when that is done. */
    void requestEnds() {
        idle.incrementAndGet();
    }

    @Override
    public boolean awaitEnd(long timeout, TimeUnit unit) throws InterruptedException {
        long deadlineNs = System.nanoTime() + unit.toNanos(timeout);
        if (!ended.await(timeout, unit)) {
            return false;
        }
        for (SessionThread thread : started()) {
            long leftMs = TimeUnit.NANOSECONDS.toMillis(deadlineNs - System.nanoTime());
            thread.join(Math.max(1, leftMs));
        }
        return started().stream().noneMatch(Thread::isAlive);
    }

    @Override
    public boolean isConnected() {
        return session.isConnected();
    }

    /** The threads that have not ended, and what each is at. */
    @Override
    public String describe() {
        return started().stream()
                .filter(Thread::isAlive)
                .map(thread -> thread.getName() + " (" + thread.context().describe() + ")")
                .collect(Collectors.joining(", "));
    }

    void serve(SessionThread thread) {
        try {
            session.serve();
        } catch (RuntimeException | Error e) {
            errors.onError(e);
        } finally {
            idle.decrementAndGet();
            leave();
        }
    }

    private boolean startOne() {
        if (full) {
            return false;
        }
        synchronized (threads) {
            if (threads.size() == LIMIT) {
                full = true;
                return false;
            }
            SessionThread thread = new SessionThread(this, "fuse-" + name + "-" + threads.size(), errors);
            running.incrementAndGet();
            idle.incrementAndGet();
            try {
                thread.start();
                threads.add(thread);
                return true;
            } catch (OutOfMemoryError e) {
                // No thread to be had: those there are go on.
                running.decrementAndGet();
                idle.decrementAndGet();
                full = true;
                errors.onError(e);
                return false;
            }
        }
    }

    private void leave() {
        if (running.decrementAndGet() == 0) {
            try {
                joinOthers();
                session.tearDown();
            } catch (RuntimeException | Error e) {
                errors.onError(e);
            } finally {
                ended.countDown();
            }
        }
    }

    /** The others have left the session but may not have given back what the transport keeps for each thread. */
    private void joinOthers() {
        for (SessionThread thread : started()) {
            if (thread != Thread.currentThread()) {
                Uninterruptible.join(thread);
            }
        }
    }

    private List<SessionThread> started() {
        synchronized (threads) {
            return List.copyOf(threads);
        }
    }
}
