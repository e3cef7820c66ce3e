package org.dmuser.cli.base;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C and SIGTERM as a request to the main thread, which finishes what it does, undoes it and ends the process with
 * a status of its choice.
 *
 * <p>The JVM answers such a signal by running shutdown hooks, and is gone when they have returned. Ours passes the
 * request on and waits for the main thread, within bounds: when the time is up it says what hangs and ends the process.
 */
public final class StopSignal {
    private static final StopSignal INSTANCE = new StopSignal();

    private final CountDownLatch requested = new CountDownLatch(1);
    private final CountDownLatch finished = new CountDownLatch(1);

    /** Guarded by itself. */
    private final List<Runnable> listeners = new ArrayList<>();

    private volatile Duration timeout = Duration.ZERO;
    private volatile long lastSignOfLifeNs;
    private volatile String doing = "";
    private volatile int status;
    private boolean installed;

    private StopSignal() {}

    /**
     * The one of this process, listening from now on.
     *
     * @param timeout how long the main thread may take to end, or to give a sign of life
     */
    public static StopSignal install(Duration timeout) {
        INSTANCE.timeout = timeout;
        INSTANCE.listen();
        return INSTANCE;
    }

    /** One that never comes, for what is done without a user. */
    public static StopSignal never() {
        return new StopSignal();
    }

    private synchronized void listen() {
        if (!installed) {
            installed = true;
            Runtime.getRuntime().addShutdownHook(new Thread(this::onShutdown, "stop"));
        }
    }

    /** To be called by the main thread last of all, before it ends the process. */
    public static void finish(int status) {
        INSTANCE.status = status;
        INSTANCE.finished.countDown();
    }

    private void onShutdown() {
        if (finished.getCount() == 0) {
            return;
        }
        request();
        try {
            if (awaitFinished()) {
                Runtime.getRuntime().halt(status);
            }
        } catch (InterruptedException e) {
            // Nobody interrupts a hook; if somebody does, the process ends.
        }
        Console.error("did not come to an end within " + timeout.toSeconds() + " s"
                + (doing.isEmpty() ? "" : " while " + doing) + ": ended by force");
        Runtime.getRuntime().halt(CliException.FAILED);
    }

    private boolean awaitFinished() throws InterruptedException {
        lastSignOfLifeNs = System.nanoTime();
        long leftNs = timeout.toNanos();
        while (leftNs > 0) {
            if (finished.await(leftNs, TimeUnit.NANOSECONDS)) {
                return true;
            }
            leftNs = timeout.toNanos() - (System.nanoTime() - lastSignOfLifeNs);
        }
        return false;
    }

    /** Asks for the end, as a signal does. */
    private void request() {
        List<Runnable> now;
        synchronized (listeners) {
            requested.countDown();
            now = List.copyOf(listeners);
        }
        now.forEach(Runnable::run);
    }

    /**
     * Sets how long the main thread may take from now on, in place of what {@link #install} was given.
     *
     * @return how long that was up to now
     */
    public Duration limit(Duration longest) {
        Duration before = timeout;
        timeout = longest;
        return before;
    }

    /** Says what is being done, for the user to read should it never end. */
    public void doing(String what) {
        doing = what;
        alive();
    }

    /** Says that what is being done goes on. */
    public void alive() {
        lastSignOfLifeNs = System.nanoTime();
    }

    public boolean isRequested() {
        return requested.getCount() == 0;
    }

    /** Blocks until it is requested. */
    public void await() throws InterruptedException {
        requested.await();
    }

    /**
     * Has {@code action} run when the end is requested, on the thread of the hook, in bounded time; at once and here if
     * that has been.
     */
    public void onRequest(Runnable action) {
        boolean late;
        synchronized (listeners) {
            late = isRequested();
            listeners.add(action);
        }
        if (late) {
            action.run();
        }
    }

    /** Takes back what was given to {@link #onRequest}. */
    public void forget(Runnable action) {
        synchronized (listeners) {
            listeners.remove(action);
        }
    }
}
