package org.dmuser.shim.fuse.uring;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.agrona.BufferUtil;
import org.dmuser.shim.os.LibC;

/**
 * Entries that have their answers, on their way from whatever thread has brought those to the one that drives the ring,
 * and what wakes that thread if it sleeps in the ring: an eventfd, for which the ring has a poll.
 *
 * <p>No lock: whoever adds puts his entry before the others, whoever takes takes them all. Each side first says what it
 * has done and then looks what the other one has: so an entry is seen before the sleep, or the sleep by whoever adds
 * the entry.
 */
final class Answers implements AutoCloseable {
    private static final VarHandle FIRST;
    private static final VarHandle SLEEPING;

    static {
        try {
            FIRST = MethodHandles.lookup().findVarHandle(Answers.class, "first", Entry.class);
            SLEEPING = MethodHandles.lookup().findVarHandle(Answers.class, "sleeping", boolean.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final int eventFd = LibC.instance().eventfd(0, LibC.EFD_CLOEXEC);
    private final ByteBuffer one =
            ByteBuffer.allocateDirect(Long.BYTES).order(ByteOrder.nativeOrder()).putLong(0, 1);

    private volatile Entry first;
    private volatile boolean sleeping;

    /** What the ring has to have a poll for; negative if there is none to be had. */
    int eventFd() {
        return eventFd;
    }

    /** Hands over an entry with its answer. Any thread. */
    void add(Entry entry) {
        Entry before;
        do {
            before = first;
            entry.setNext(before);
        } while (!FIRST.compareAndSet(this, before, entry));
        wake();
    }

    /** Wakes the thread that sleeps in the ring, if one does. Any thread. */
    void wake() {
        if (sleeping && SLEEPING.compareAndSet(this, true, false)) {
            LibC.instance().write(eventFd, BufferUtil.address(one), Long.BYTES);
            Reference.reachabilityFence(one);
        }
    }

    /** Takes all, linked by {@link Entry#next}; null if there are none. */
    Entry takeAll() {
        return first == null ? null : (Entry) FIRST.getAndSet(this, null);
    }

    boolean isEmpty() {
        return first == null;
    }

    /** The caller is going to sleep, unless it finds something to do when it looks once more. */
    void beginSleep() {
        sleeping = true;
    }

    void endSleep() {
        sleeping = false;
    }

    boolean isSleeping() {
        return sleeping;
    }

    @Override
    public void close() {
        LibC.instance().close(eventFd);
    }
}
