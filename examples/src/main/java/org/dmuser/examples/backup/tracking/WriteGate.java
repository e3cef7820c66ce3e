package org.dmuser.examples.backup.tracking;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Knows which writes are under way, so that one can wait for them. Each write is inside while it lasts:
 *
 * <pre>{@code
 *   int side = gate.enter();
 *   try { ... } finally { gate.exit(side); }
 * }</pre>
 *
 * <p>The gate has two sides, and writes enter by the one that is open. To wait for the writes under way, the other side
 * is opened, and the first empties itself: nobody is held up ({@link #awaitWrites}). To have a moment without writes,
 * neither is open until it is over ({@link #withoutWrites}).
 *
 * <p>Why nobody slips through: a write counts itself in on the side it saw open, and then looks again; so either it
 * still finds that side open, and whoever closes it afterwards sees the count, or it counts itself out and tries again.
 *
 * <p>Cost: two atomic additions a write and no lock. One thread at a time waits; the lock is for that and for writes
 * that find the gate closed.
 */
final class WriteGate {
    private static final int CLOSED = -1;

    private final AtomicInteger[] inside = {new AtomicInteger(), new AtomicInteger()};
    private final ReentrantLock oneWaiter = new ReentrantLock();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private volatile int open;
    private volatile boolean isAwaited;

    /** Lets a write in, as soon as the gate is open; answers by which side it came in. */
    int enter() {
        while (true) {
            int side = open;
            if (side == CLOSED) {
                awaitOpen();
            } else {
                inside[side].getAndIncrement();
                if (open == side) {
                    return side;
                }
                exit(side);
            }
        }
    }

    void exit(int side) {
        if (inside[side].decrementAndGet() == 0 && isAwaited) {
            signal();
        }
    }

    /** Returns when the writes that are under way now are over. Never called inside. */
    void awaitWrites() {
        oneWaiter.lock();
        try {
            int side = open;
            open = 1 - side;
            awaitEmpty(side);
        } finally {
            oneWaiter.unlock();
        }
    }

    /** Waits for the writes under way, does something, and lets in those that have come meanwhile. */
    void withoutWrites(Runnable action) {
        oneWaiter.lock();
        try {
            int side = open;
            open = CLOSED;
            try {
                awaitEmpty(side);
                action.run();
            } finally {
                open = side;
                signal();
            }
        } finally {
            oneWaiter.unlock();
        }
    }

    private void awaitEmpty(int side) {
        isAwaited = true;
        lock.lock();
        try {
            while (inside[side].get() > 0) {
                changed.awaitUninterruptibly();
            }
        } finally {
            isAwaited = false;
            lock.unlock();
        }
    }

    private void awaitOpen() {
        lock.lock();
        try {
            while (open == CLOSED) {
                changed.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    private void signal() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
