package org.dmuser.cli.base;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Other people's code that may not come back, on a thread of its own. */
public final class Bounded {
    /** What is called. */
    @FunctionalInterface
    public interface Call<T> {
        T run() throws IOException;
    }

    private Bounded() {}

    /**
     * Calls it and waits for its answer.
     *
     * @return nothing if there is none in time; then its thread goes on, and ends with the process at the latest
     * @throws IOException what it threw
     */
    public static <T> Optional<T> call(String threadName, Duration patience, Call<T> call)
            throws IOException, InterruptedException {
        FutureTask<T> task = new FutureTask<>(call::run);
        Thread thread = new Thread(task, threadName);
        thread.setDaemon(true);
        thread.start();
        try {
            return Optional.of(task.get(patience.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            return Optional.empty();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException cause) {
                throw cause;
            }
            throw new CliException(threadName + " failed: " + e.getCause(), e.getCause());
        }
    }
}
