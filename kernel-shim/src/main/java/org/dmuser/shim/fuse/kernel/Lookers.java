package org.dmuser.shim.fuse.kernel;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.dmuser.channel.MessageQueues;
import org.dmuser.channel.Patience;

/**
 * Those readers of a session that look for requests without sleeping, and how long they do: one, or two where the
 * handler runs on the readers themselves, because a processor that has gone to sleep takes long to wake up. One of them
 * is the principal, who reads requests; the other would but stand in its way, and only does so while the principal is
 * busy. Any thread may call.
 */
final class Lookers {
    /** As many as there are at most. */
    static final int MAX = 2;

    private static final int NOWHERE = -1;

    private final KernelSession session;
    private final Patience patience = new Patience();
    private final AtomicInteger count = new AtomicInteger();
    private final AtomicReference<Looker> principal = new AtomicReference<>();
    private volatile int max = 1;
    private volatile boolean principalBusy;

    /** Where the principal ran when it last looked. */
    private volatile int principalProcessor = NOWHERE;

    /** Since when they wait. */
    private volatile long lastEventNs = System.nanoTime();

    Lookers(KernelSession session) {
        this.session = session;
    }

    /**
     * How long to look now, in nanoseconds since the last event; 0: not at all. That event may be a request which the
     * principal serves: the one who keeps a processor awake meanwhile is to be there when it has been answered.
     */
    long lookNs() {
        long afterService = patience.lookNs();
        return afterService == 0 ? 0 : afterService + session.readers().usualServiceNs();
    }

    /** Something has come that readers wait for. */
    void event(long nowNs) {
        patience.waited(nowNs - lastEventNs);
        lastEventNs = nowNs;
    }

    /** A request has been served: the wait for the next one begins. */
    void waitBegins(long nowNs) {
        lastEventNs = nowNs;
    }

    /** Whether something has come not long ago. */
    boolean hasEventWithin(int ms) {
        return sinceEvent(System.nanoTime()) < TimeUnit.MILLISECONDS.toNanos(ms);
    }

    long sinceEvent(long nowNs) {
        return nowNs - lastEventNs;
    }

    /**
     * Whether the caller may look from now on, whenever it waits. Not while another one sleeps: the kernel would wake
     * it.
     */
    boolean begins(MessageQueues queues) {
        int allowed = queues.lend() ? 1 : MAX;
        max = allowed;
        if (session.readers().oneSleeps() || count.get() >= allowed) {
            return false;
        }
        if (count.incrementAndGet() > allowed) {
            count.decrementAndGet();
            return false;
        }
        return true;
    }

    void ends(Looker looker) {
        principal.compareAndSet(looker, null);
        count.decrementAndGet();
    }

    /** Whether one more would be welcome, and has a seat. */
    boolean wantOneMore() {
        return count.get() < max && patience.lookNs() > 0 && session.seats().haveFree();
    }

    /** Whether a looker is the one that reads requests. */
    boolean isPrincipal(Looker looker) {
        Looker one = principal.get();
        return one == looker || one == null && principal.compareAndSet(null, looker);
    }

    /** Said by the principal when it looks. */
    void principalLooksOn(int processor) {
        if (principalProcessor != processor) {
            principalProcessor = processor;
        }
    }

    /** Whether the principal was on this processor when it last looked. */
    boolean isPrincipalOn(int processor) {
        return principalProcessor == processor;
    }

    /** Says whether {@code looker} is busy with a request that it has not answered, if it is the principal. */
    void principalBusy(Looker looker, boolean busy) {
        if (principal.get() == looker) {
            principalBusy = busy;
        }
    }

    /** Whether a request that is there now would have to wait for the principal. */
    boolean isPrincipalBusy() {
        return principalBusy;
    }
}
