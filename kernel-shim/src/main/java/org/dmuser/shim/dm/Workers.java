package org.dmuser.shim.dm;

import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.agrona.ErrorHandler;

/**
 * The threads that do what cannot be done in place. Made when they are needed; each does one thing at a time, for
 * that may have to wait for room and must not keep others waiting. One more looks at the time, and only hands over.
 */
final class Workers implements Executor, AutoCloseable {
    private static final long RETRY_NS = TimeUnit.SECONDS.toNanos(1);

    private final ErrorHandler errorHandler;
    private final ExecutorService threads = Executors.newCachedThreadPool(named("dm-worker-"));
    private final ScheduledExecutorService timer;

    Workers(ErrorHandler errorHandler) {
        this.errorHandler = errorHandler;
        ScheduledThreadPoolExecutor one = new ScheduledThreadPoolExecutor(1, named("dm-timer-"));
        one.setRemoveOnCancelPolicy(true);
        this.timer = one;
    }

    private static ThreadFactory named(String prefix) {
        AtomicInteger number = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, prefix + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    @Override
    public void execute(Runnable task) {
        threads.execute(task);
    }

    /** {@link TargetContext#schedule}. */
    Future<?> schedule(Runnable task, long delayNs) {
        return timer.schedule(() -> handOver(task), delayNs, TimeUnit.NANOSECONDS);
    }

    private void handOver(Runnable task) {
        try {
            threads.execute(() -> run(task));
        } catch (RuntimeException | Error e) {
            errorHandler.onError(new IllegalStateException("no thread for what a target has put off: " + e, e));
            timer.schedule(() -> handOver(task), RETRY_NS, TimeUnit.NANOSECONDS);
        }
    }

    private void run(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            errorHandler.onError(e);
        }
    }

    /** Nothing is to be done any more; what is under way goes on. */
    @Override
    public void close() {
        timer.shutdownNow();
        threads.shutdown();
    }
}
