package org.dmuser.shim.fuse.uring;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.LockSupport;

/**
 * Whose turn it is to drive a ring: its thread's or, while a handler keeps that, its deputy's.
 *
 * <pre>
 *             begins service                 relieved (relief thread)
 *   DRIVES ------------------> SERVES ----------------------------------> DEPUTY
 *     ^  ^                       |                                          |
 *     |  +-----------------------+                                          |
 *     |       ends service                                                  |
 *     +---------------------------------------------------------------------+
 *              the deputy sees that the thread is back
 * </pre>
 */
final class Turn {
    private static final int DRIVES = 0;
    private static final int SERVES = 1;
    private static final int DEPUTY = 2;

    private static final VarHandle STATE;

    static {
        try {
            STATE = MethodHandles.lookup().findVarHandle(Turn.class, "state", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final Ring ring;
    private volatile int state;
    private volatile Thread waiting;

    Turn(Ring ring) {
        this.ring = ring;
    }

    /** The ring's thread is going to run a handler. */
    void beginService() {
        STATE.setRelease(this, SERVES);
    }

    /** The handler has returned; whether the thread still drives the ring. */
    boolean endService() {
        return STATE.compareAndSet(this, SERVES, DRIVES);
    }

    boolean isServing() {
        return state == SERVES;
    }

    /** Takes the ring from its thread, if that runs a handler: whether it is the deputy's now. */
    boolean relieve() {
        return STATE.compareAndSet(this, SERVES, DEPUTY);
    }

    /** The ring's thread waits until it drives again, or the ring is done. */
    void awaitBack() {
        if (state == DEPUTY) {
            waiting = Thread.currentThread();
            ring.answers().wake();
        }
        while (state == DEPUTY && !ring.isDone()) {
            LockSupport.park(this);
        }
    }

    /** The deputy waits until it is to drive, or the ring is done. */
    void awaitDeputy() {
        while (state != DEPUTY && !ring.isDone()) {
            LockSupport.park(this);
        }
    }

    /** Whether the ring's thread is back. */
    boolean isToBeGivenBack() {
        return waiting != null;
    }

    /** The deputy drives no more. */
    void giveBack() {
        Thread owner = waiting;
        waiting = null;
        state = DRIVES;
        LockSupport.unpark(owner);
    }
}
