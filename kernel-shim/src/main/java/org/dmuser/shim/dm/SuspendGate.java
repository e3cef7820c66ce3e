package org.dmuser.shim.dm;

import java.util.concurrent.atomic.AtomicLong;
import org.dmuser.shim.bio.Bio;
import org.dmuser.shim.bio.BioList;

/**
 * The way into a mapped device: counts what is inside, and while it is closed keeps what wants in, in order.
 *
 * <p>One word holds both the closed bit and the count, so an open gate costs one atomic addition and no lock. The
 * count is of holds: one for each thread that is mapping a bio, one for each bio that has been mapped and has not
 * ended. A thread has its own because a target may still be running in {@link Target#map} when the bio it was given
 * has ended.
 *
 * <p>The lock guards the deferred bios and whether somebody is draining them. A bio is deferred only if the gate is
 * seen closed under the lock, and a gate is opened before the lock is taken to start a drain, so none is left behind.
 */
final class SuspendGate implements WaitingBios {
    private static final long CLOSED = Long.MIN_VALUE;

    private final AtomicLong state = new AtomicLong();
    private final Object lock = new Object();
    private final BioList deferred = new BioList();
    private boolean draining;

    /** Takes a hold if the gate is open. */
    boolean enter() {
        if (state.incrementAndGet() > 0) {
            return true;
        }
        leave();
        return false;
    }

    /** Takes one more hold; for those that have one. */
    void hold() {
        state.incrementAndGet();
    }

    /** Gives a hold back. */
    void leave() {
        if (state.decrementAndGet() == CLOSED) {
            synchronized (lock) {
                lock.notifyAll();
            }
        }
    }

    long holds() {
        return state.get() & ~CLOSED;
    }

    void close() {
        state.updateAndGet(word -> word | CLOSED);
    }

    /** Opens it; {@link #startDrain} is to follow. */
    void open() {
        state.updateAndGet(word -> word & ~CLOSED);
    }

    private boolean isClosed() {
        return state.get() < 0;
    }

    /** Waits until nothing is inside the closed gate. */
    void awaitEmpty() throws InterruptedException {
        synchronized (lock) {
            while (state.get() != CLOSED) {
                lock.wait();
            }
        }
    }

    /** Keeps {@code bio}, behind the others, for when the gate opens; false if it is open. */
    boolean defer(Bio bio) {
        synchronized (lock) {
            if (!isClosed()) {
                return false;
            }
            deferred.addLast(bio);
            return true;
        }
    }

    /** Keeps {@code bio}, behind the others, whether or not the gate is open; {@link #startDrain} is to follow. */
    void queue(Bio bio) {
        synchronized (lock) {
            deferred.addLast(bio);
        }
    }

    /** Keeps {@code bio} before the others. The caller has a hold in a gate that is being closed. */
    void requeue(Bio bio) {
        synchronized (lock) {
            deferred.addFirst(bio);
        }
    }

    @Override
    public boolean startDrain() {
        synchronized (lock) {
            if (draining || deferred.isEmpty() || isClosed()) {
                return false;
            }
            draining = true;
            return true;
        }
    }

    @Override
    public BioList giveUp() {
        synchronized (lock) {
            draining = false;
            BioList given = new BioList();
            given.prepend(deferred);
            return given;
        }
    }

    /**
     * The first deferred bio, with a hold taken for the caller; null if there is none or the gate is closed, and then
     * the drain is over. The hold comes before the bio leaves the queue: if the gate closes in between the bio is
     * inside, and need not go back to the end of the queue.
     */
    @Override
    public Bio next() {
        while (!enter()) {
            synchronized (lock) {
                if (isClosed()) {
                    draining = false;
                    return null;
                }
            }
        }
        Bio bio;
        synchronized (lock) {
            bio = deferred.pollFirst();
            draining = bio != null;
        }
        if (bio == null) {
            leave();
        }
        return bio;
    }
}
