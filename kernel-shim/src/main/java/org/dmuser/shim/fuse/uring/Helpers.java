package org.dmuser.shim.fuse.uring;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.dmuser.shim.file.IoContext;
import org.dmuser.shim.fuse.kernel.Call;
import org.dmuser.shim.fuse.kernel.CallServer;
import org.dmuser.shim.fuse.kernel.KernelSession;
import org.dmuser.shim.fuse.kernel.Requests;

/** Threads of a mount for requests that may take long: as many as there are such requests, none after a while. */
final class Helpers implements AutoCloseable {
    private static final int KEPT_S = 10;

    private final KernelSession session;
    private final Pace pace;
    private final AtomicInteger started = new AtomicInteger();
    private final Queue<Thread> made = new ConcurrentLinkedQueue<>();
    private final ThreadLocal<Helper> helpers;
    private final ThreadPoolExecutor threads;

    Helpers(KernelSession session, Pace pace) {
        this.session = session;
        this.pace = pace;
        this.helpers = ThreadLocal.withInitial(() -> new Helper(new IoContext(session.errors())));
        this.threads = new ThreadPoolExecutor(
                0, Requests.LIMIT, KEPT_S, TimeUnit.SECONDS, new SynchronousQueue<>(), this::make);
    }

    /** What a thread is to its requests: it does not look for anything. */
    private record Helper(IoContext context) implements CallServer {
        @Override
        public void stopLooking() {
            // It never does.
        }
    }

    private Thread make(Runnable work) {
        String name = "fuse-" + session.name() + "-helper-" + started.getAndIncrement();
        Thread thread = new Thread(null, work, name, 0, false);
        thread.setDaemon(true);
        made.removeIf(earlier -> earlier.getState() == Thread.State.TERMINATED);
        made.add(thread);
        return thread;
    }

    /**
     * Has a request served.
     *
     * @param call free, for the request that {@code entry} has brought
     * @param mayWait as in {@link Call#serve}
     */
    void serve(Entry entry, Call call, boolean mayWait) {
        try {
            threads.execute(() -> serveHere(helpers.get(), entry, call, mayWait));
        } catch (RejectedExecutionException | OutOfMemoryError e) {
            // No thread to be had: what may take long is refused, and the rest is done by whoever has called.
            serveHere(new Helper(new IoContext(session.errors())), entry, call, false);
        }
    }

    private void serveHere(CallServer server, Entry entry, Call call, boolean mayWait) {
        long beganNs = System.nanoTime();
        int bytes = entry.transferLength();
        boolean answered = Service.perform(session, server, entry, call, mayWait);
        pace.served(System.nanoTime() - beganNs, bytes);
        if (answered) {
            entry.queue().ring().calls().putBack(call);
        }
    }

    /** Lets the threads end that have nothing to do, and the others when they have done it. */
    @Override
    public void close() {
        threads.shutdown();
    }

    /** Waits for the threads; whether they are gone. */
    boolean awaitEnd(long deadlineNs) throws InterruptedException {
        if (!threads.awaitTermination(leftNs(deadlineNs), TimeUnit.NANOSECONDS)) {
            return false;
        }
        // The pool counts a thread that has left it as gone, but it takes a moment to end.
        for (Thread thread : made) {
            TimeUnit.NANOSECONDS.timedJoin(thread, leftNs(deadlineNs));
            if (thread.isAlive()) {
                return false;
            }
        }
        return true;
    }

    private static long leftNs(long deadlineNs) {
        return Math.max(0, deadlineNs - System.nanoTime());
    }
}
