package org.dmuser.shim.target.user;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;

/**
 * Looks after the timeouts of all targets that have any, on one thread, which is there only while there are such. A
 * timeout is looked at eight times while it runs, so what it ends has had its time and at most a quarter more.
 */
final class Timekeeper {
    private static final int LOOKS_PER_TIMEOUT = 8;
    private static final long INTERVAL_MIN_MS = 1;
    private static final long INTERVAL_MAX_MS = 1000;

    private final Consumer<String> reports;
    private final ThreadFactory threads;

    /** Guarded by this object, as is the thread. */
    private final List<UserTarget> targets = new ArrayList<>();

    private Thread thread;

    /**
     * Makes a keeper without a thread.
     *
     * @param reports told what a look has thrown, which it should not
     */
    Timekeeper(Consumer<String> reports, ThreadFactory threads) {
        this.reports = reports;
        this.threads = threads;
    }

    /** Makes the thread of the one that a process has. */
    static Thread newThread(Runnable task) {
        Thread thread = new Thread(task, "user-timeouts");
        thread.setDaemon(true);
        return thread;
    }

    synchronized void add(UserTarget target) {
        targets.add(target);
        if (thread == null) {
            thread = threads.newThread(this::run);
            thread.start();
        } else {
            notifyAll();
        }
    }

    synchronized void remove(UserTarget target) {
        targets.remove(target);
        notifyAll();
    }

    private void run() {
        for (List<UserTarget> due = await(); !due.isEmpty(); due = await()) {
            due.forEach(this::look);
        }
    }

    /** Waits until it is time to look, and answers at what; at nothing if the thread is to end. */
    private synchronized List<UserTarget> await() {
        try {
            if (!targets.isEmpty()) {
                wait(intervalMs());
            }
        } catch (InterruptedException e) {
            // Nobody has a reason to; to look too early does no harm.
            reports.accept("user targets: the thread that looks after timeouts was interrupted");
        }
        if (targets.isEmpty()) {
            thread = null;
        }
        return List.copyOf(targets);
    }

    private long intervalMs() {
        long shortestMs = INTERVAL_MAX_MS * LOOKS_PER_TIMEOUT;
        for (UserTarget target : targets) {
            shortestMs = Math.min(shortestMs, target.features().shortestTimeoutMs());
        }
        return Math.max(INTERVAL_MIN_MS, shortestMs / LOOKS_PER_TIMEOUT);
    }

    private void look(UserTarget target) {
        try {
            target.checkTimeouts(System.nanoTime());
        } catch (RuntimeException | Error e) {
            reports.accept("device " + target.context().deviceName() + ": looking after its timeouts failed: " + e);
        }
    }
}
