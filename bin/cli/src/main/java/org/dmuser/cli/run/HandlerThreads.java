package org.dmuser.cli.run;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Threads for a handler that may hang, so that it does not take those of the device with it: as many as are needed. */
final class HandlerThreads {
    /** As many requests as are begun at a time. Those of a handler that hangs are lost, so there has to be an end. */
    // Twice as many as there are messages in flight: one that has answered may find itself handing out the next.
    private static final int LIMIT = 512;

    private static final long IDLE_SECONDS = 10;

    private HandlerThreads() {}

    /** They end with the process, and idle ones earlier. */
    static Executor make(String handlerName) {
        AtomicInteger number = new AtomicInteger();
        return new ThreadPoolExecutor(
                0,
                LIMIT,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                work -> {
                    Thread thread = new Thread(work, "handler-" + handlerName + "-" + number.getAndIncrement());
                    thread.setDaemon(true);
                    return thread;
                },
                (work, pool) -> {
                    throw new RejectedExecutionException(
                            "all its " + LIMIT + " threads are busy or hang; the request fails");
                });
    }
}
