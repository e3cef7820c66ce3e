package org.dmuser.examples.backup.repository.storage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What waits in a storage does not wait on once work is to stop. */
@Timeout(120)
class StopRequestTest {
    /** More than may pass at once. */
    private static final int LENGTH = 4 << 20;

    @TempDir
    private Path directory;

    private static final class Request implements StopRequest {
        private final IOException stopped = new IOException("stopped");
        private volatile boolean requested;

        @Override
        public boolean isRequested() {
            return requested;
        }

        @Override
        public void check() throws IOException {
            if (requested) {
                throw stopped;
            }
        }
    }

    @Test
    void shouldHoldNothingBackOnceWorkIsToStop() throws Exception {
        Request stop = new Request();
        byte[] content = new byte[LENGTH];
        content[LENGTH - 1] = 1;
        // At one byte a second the second object would have to wait for some weeks.
        try (Storage storage = new LimitedStorage(new LocalStorage(directory), 1, stop)) {
            storage.create(List.of("folder"));
            storage.put("folder/first", ByteBuffer.wrap(content));
            Thread stopping = new Thread(() -> stop.requested = true);
            stopping.start();
            storage.put("folder/second", ByteBuffer.wrap(content));
            stopping.join();
            assertArrayEquals(content, storage.read("folder/second").array());
        }
    }

    @Test
    void shouldTryNothingAgainOnceWorkIsToStop() {
        Request stop = new Request();
        AtomicInteger made = new AtomicInteger();
        Attempts attempts = new Attempts(8, stop);
        IOException e = assertThrows(
                IOException.class,
                () -> attempts.run("reading", () -> {
                    stop.requested = made.incrementAndGet() == 2;
                    throw new Attempts.PassingException("status 503", null);
                }));
        assertSame(stop.stopped, e);
        assertEquals(2, made.get());
    }
}
