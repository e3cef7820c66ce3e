package org.dmuser.tests.handlers;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.dmuser.sdk.config.ConfigKey;
import org.dmuser.sdk.config.HandlerConfig;

/** Takes its time to close, as one does whose disk has much to take before an fsync returns. */
public final class SlowToClose extends Ram {
    /** Longer than any test waits. */
    public static final int SECONDS_MAX = 500;

    private static final ConfigKey<Path> CLOSED = ConfigKey.path("closed", "a file that is made when it has closed");
    private static final ConfigKey<Long> SECONDS = ConfigKey.integer("seconds", "how long it takes", 1, SECONDS_MAX);

    private final Path closed;
    private final long seconds;

    public SlowToClose(HandlerConfig config) {
        closed = config.value(CLOSED);
        seconds = config.value(SECONDS);
    }

    @Override
    public void close() throws IOException {
        try {
            new CountDownLatch(1).await(seconds, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new InterruptedIOException("interrupted while closing");
        }
        Files.createFile(closed);
    }
}
