package org.dmuser.examples.backup.work;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.dmuser.channel.Uninterruptible;

/** Threads that do the same thing until there is nothing left to do, or until one of them fails. */
final class Workers {
    /** More would take more memory than they save time: each has a buffer for a piece, and what compression needs. */
    private static final int MAX = 16;

    /** What a worker does. */
    @FunctionalInterface
    interface Body {
        /**
         * Works until nothing is left, or until {@code others} says that somebody failed.
         *
         * @param others asked between two pieces
         */
        void run(Others others) throws IOException;
    }

    /** Whether the others are still at work. */
    @FunctionalInterface
    interface Others {
        boolean haveFailed();
    }

    private final Body body;
    private Throwable failure;

    private Workers(Body body) {
        this.body = body;
    }

    /**
     * Runs {@code body} on one thread for each processor, and one more for when one of them waits for a disk; returns
     * when all have come to an end.
     *
     * @throws IOException what the first one that failed threw
     */
    static void run(String name, Body body) throws IOException {
        run(name, body, Runtime.getRuntime().availableProcessors() + 1);
    }

    /** As {@link #run}, for what waits for a disk as long as it works: two threads for each processor. */
    static void runPatiently(String name, Body body) throws IOException {
        run(name, body, 2 * Runtime.getRuntime().availableProcessors());
    }

    private static void run(String name, Body body, int count) throws IOException {
        Workers workers = new Workers(body);
        List<Thread> threads = new ArrayList<>();
        for (int i = 1; i < Math.min(MAX, count); i++) {
            Thread thread = new Thread(workers::work, name + "-" + i);
            thread.setDaemon(true);
            thread.start();
            threads.add(thread);
        }
        workers.work();
        // They end soon: those that still run are at their last piece.
        threads.forEach(Uninterruptible::join);
        workers.rethrow();
    }

    private void work() {
        try {
            body.run(this::hasFailed);
        } catch (IOException | RuntimeException | Error e) {
            fail(e);
        }
    }

    private synchronized boolean hasFailed() {
        return failure != null;
    }

    private synchronized void fail(Throwable e) {
        if (failure == null) {
            failure = e;
        }
    }

    private synchronized void rethrow() throws IOException {
        if (failure instanceof IOException e) {
            throw e;
        }
        if (failure instanceof RuntimeException e) {
            throw e;
        }
        if (failure instanceof Error e) {
            throw e;
        }
    }
}
