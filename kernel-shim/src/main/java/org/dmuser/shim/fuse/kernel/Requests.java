package org.dmuser.shim.fuse.kernel;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.agrona.concurrent.ManyToManyConcurrentArrayQueue;

/**
 * The requests of a session: made as they are needed, up to a limit, and used again. Those that are free have no memory
 * for data. Any thread.
 */
public final class Requests {
    /** As many as may be under way. */
    public static final int LIMIT = 256;

    private final KernelSession session;
    private final ManyToManyConcurrentArrayQueue<FuseRequest> free = new ManyToManyConcurrentArrayQueue<>(LIMIT);
    private final AtomicInteger made = new AtomicInteger();
    private final AtomicInteger underWay = new AtomicInteger();
    private final List<FuseRequest> all = new CopyOnWriteArrayList<>();

    Requests(KernelSession session) {
        this.session = session;
    }

    /** One to receive the next request with; null if as many as there may be are under way. */
    FuseRequest take() {
        FuseRequest request = takeFree();
        if (request != null) {
            return request;
        }
        if (made.incrementAndGet() > LIMIT) {
            made.getAndDecrement();
            return null;
        }
        try {
            return make();
        } catch (OutOfMemoryError e) {
            // As if there were as many as there may be.
            made.getAndDecrement();
            return null;
        }
    }

    /** One that has been made before; null if there is none. */
    FuseRequest takeFree() {
        return free.poll();
    }

    /** One beyond the limit, for a reader to change for one that it {@linkplain #take takes}. */
    FuseRequest makeSpare() {
        return make();
    }

    private FuseRequest make() {
        FuseRequest fresh = new FuseRequest(session);
        all.add(fresh);
        return fresh;
    }

    /** A spare one is not needed any more. */
    void forget(FuseRequest spare) {
        spare.memory().release();
        all.remove(spare);
    }

    /** It has been answered, or was not needed. */
    void putBack(FuseRequest request) {
        request.memory().release();
        free.offer(request);
    }

    /** One was received; how many are under way now. */
    int begins() {
        return underWay.incrementAndGet();
    }

    /** One was answered; how many are left. */
    int ends() {
        return underWay.decrementAndGet();
    }

    int underWay() {
        return underWay.get();
    }

    /** What is under way, for people. */
    String describe() {
        return all.stream()
                .filter(FuseRequest::isUnderWay)
                .map(FuseRequest::toString)
                .collect(Collectors.joining(", "));
    }
}
