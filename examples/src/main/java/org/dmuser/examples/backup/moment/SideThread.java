package org.dmuser.examples.backup.moment;

import java.util.concurrent.locks.LockSupport;
import org.dmuser.channel.Uninterruptible;

/**
 * A thread that a moment may never need: it begins when it is first asked to, and sleeps when there is nothing to do.
 * Any thread may call.
 */
final class SideThread implements AutoCloseable {
    /** What it does. */
    @FunctionalInterface
    interface Work {
        /**
         * Does what there is, or some of it; called again and again by the one thread.
         *
         * @return false if there is nothing more until somebody {@linkplain SideThread#wake wakes} it
         */
        boolean run();
    }

    private final String name;
    private final Work work;
    private volatile boolean isStopped;
    private volatile Thread thread;

    SideThread(String name, Work work) {
        this.name = name;
        this.work = work;
    }

    /** Sees to it that it has begun. */
    void begin() {
        if (thread == null) {
            start();
        }
    }

    private synchronized void start() {
        if (thread == null && !isStopped) {
            thread = new Thread(this::run, name);
            thread.setDaemon(true);
            thread.start();
        }
    }

    /** There is something to do, if it has begun. */
    void wake() {
        LockSupport.unpark(thread);
    }

    private void run() {
        while (!isStopped) {
            if (!work.run()) {
                LockSupport.park(this);
            }
        }
    }

    /** It does nothing more, after what it is just doing. */
    void stop() {
        isStopped = true;
    }

    boolean isStopped() {
        return isStopped;
    }

    /** Returns when it does nothing any more, whoever interrupts. */
    @Override
    public void close() {
        Thread running;
        synchronized (this) {
            isStopped = true;
            running = thread;
        }
        if (running != null) {
            LockSupport.unpark(running);
            Uninterruptible.join(running);
        }
    }
}
