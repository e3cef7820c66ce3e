package org.dmuser.shim.dm;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.dmuser.channel.Errno;

/**
 * Counts the parts of a bio that have not ended, and keeps how they ended: with the first error there was, or with
 * ETIMEDOUT if that was among them, because then somebody may go on using the bio's memory, and whoever owns that has
 * to know. Used again.
 */
final class Parts {
    private final AtomicInteger pending = new AtomicInteger();
    private final AtomicReference<Errno> failure = new AtomicReference<>(Errno.OK);

    /** Begins anew, with one part. */
    void start() {
        failure.set(Errno.OK);
        pending.set(1);
    }

    /** Adds {@code count} parts. One that has not ended is the caller's. */
    void add(int count) {
        pending.addAndGet(count);
    }

    /** One has ended; whether it was the last. */
    boolean end(Errno status) {
        if (status == Errno.ETIMEDOUT) {
            failure.set(status);
        } else if (status != Errno.OK) {
            failure.compareAndSet(Errno.OK, status);
        }
        return pending.decrementAndGet() == 0;
    }

    /** How they have ended, all of them. */
    Errno status() {
        return failure.get();
    }
}
