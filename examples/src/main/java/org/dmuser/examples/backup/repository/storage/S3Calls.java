package org.dmuser.examples.backup.repository.storage;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Requests on threads of their own, so that whoever waits for an answer can go when work is to end: the SDK reads and
 * connects in calls of the JDK that nothing breaks off. A thread that is left behind ends with its request, at its
 * time-out at the latest, and touches nothing of the caller's any more.
 *
 * <p>Under way when the end is asked for, a request is broken off at once, but for those that would do harm when they
 * are carried out later, after the repository's lock was given back. Begun afterwards, to give back that lock for
 * example, a request has a second. Threads: any number of callers.
 */
final class S3Calls implements AutoCloseable {
    private static final long LOOK_EVERY_NS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long LAST_WORDS_NS = TimeUnit.SECONDS.toNanos(1);

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final StopRequest stop;

    private final ExecutorService threads = Executors.newCachedThreadPool(call -> {
        Thread thread = new Thread(call, "s3-" + NUMBER.incrementAndGet());
        thread.setDaemon(true);
        return thread;
    });

    S3Calls(StopRequest stop) {
        this.stop = stop;
    }

    /** What is done on another thread. */
    interface Call<T> {
        T run(Caller caller) throws IOException;
    }

    /** Who waits for it, as far as memory of theirs is concerned. */
    static final class Caller {
        private boolean gone;

        /** Copies the first bytes of {@code bytes} to memory of the caller's, unless that one has gone. */
        synchronized void put(ByteBuffer dst, byte[] bytes, int count) throws IOException {
            if (gone) {
                throw new InterruptedIOException("nobody waits for it any more");
            }
            dst.put(bytes, 0, count);
        }

        private synchronized void go() {
            gone = true;
        }
    }

    /** Whether a request that is under way may be broken off. */
    enum Leave {
        AT_ANY_TIME,
        ONCE_ANSWERED
    }

    /**
     * What {@code call} gives or throws.
     *
     * @param what for messages
     */
    <T> T run(String what, Leave leave, Call<T> call) throws IOException {
        long deadlineNs = System.nanoTime() + LAST_WORDS_NS;
        boolean late = stop.isRequested();
        Caller caller = new Caller();
        Future<T> answer = threads.submit(() -> call.run(caller));
        try {
            while (true) {
                try {
                    return answer.get(LOOK_EVERY_NS, TimeUnit.NANOSECONDS);
                } catch (TimeoutException e) {
                    if (late ? System.nanoTime() - deadlineNs > 0 : leave == Leave.AT_ANY_TIME) {
                        stop.check();
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException(what + " was interrupted");
        } catch (ExecutionException e) {
            throw failure(e.getCause());
        } finally {
            caller.go();
            answer.cancel(true);
        }
    }

    private static IOException failure(Throwable cause) {
        if (cause instanceof RuntimeException e) {
            throw e;
        }
        if (cause instanceof Error e) {
            throw e;
        }
        return (IOException) cause;
    }

    @Override
    public void close() {
        threads.shutdown();
    }
}
