package org.dmuser.shim.fuse.uring;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.agrona.concurrent.ManyToManyConcurrentArrayQueue;
import org.dmuser.shim.fuse.kernel.Call;

/** The calls of a mount: made as they are needed, and used again. Any thread. */
final class Calls {
    private static final int KEPT = 1024;

    private final ManyToManyConcurrentArrayQueue<Call> free = new ManyToManyConcurrentArrayQueue<>(KEPT);
    private final List<Call> all = new CopyOnWriteArrayList<>();

    /** One that nobody has. */
    Call take() {
        Call call = free.poll();
        return call == null ? make() : call;
    }

    private Call make() {
        Call call = new Call();
        all.add(call);
        return call;
    }

    /** It has been answered, and served. */
    void putBack(Call call) {
        if (!free.offer(call)) {
            all.remove(call);
        }
    }

    /** What is under way, for people. */
    String describe() {
        return all.stream().filter(Call::isUnderWay).map(Call::toString).collect(Collectors.joining(", "));
    }
}
