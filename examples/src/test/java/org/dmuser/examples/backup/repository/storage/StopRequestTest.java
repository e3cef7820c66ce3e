package org.dmuser.examples.backup.repository.storage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What waits in a storage does not wait on once work is to stop. */
class StopRequestTest {
    /** More than may pass at once. */
    private static final int LENGTH = 4 << 20;

    /** In which somebody who waits has looked several times whether work is to stop. */
    private static final int LOOKS_MS = 500;

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

    @ParameterizedTest(name = "the server begins with \"{0}\"")
    @ValueSource(strings = {"", "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nbegins"})
    void shouldBreakARequestOffOnceWorkIsToStop(String begins) throws Exception {
        Request stop = new Request();
        try (SilentServer server = new SilentServer(begins);
                Storage storage = silent(server, stop)) {
            FutureTask<IOException> read =
                    new FutureTask<>(() -> assertThrows(IOException.class, () -> storage.read("config")));
            new Thread(read, "reader").start();
            server.awaitRequest();
            stop.requested = true;
            assertSame(stop.stopped, read.get());
        }
    }

    /** Carried out later, it might take away what somebody else relies on who has the lock by then. */
    @Test
    void shouldSeeADeletionThroughThoughWorkIsToStop() throws Exception {
        Request stop = new Request();
        Semaphore asked = new Semaphore(0);
        Semaphore answered = new Semaphore(0);
        try (S3Calls calls = new S3Calls(stop)) {
            FutureTask<String> deletion =
                    new FutureTask<>(() -> calls.run("deleting", S3Calls.Leave.ONCE_ANSWERED, caller -> {
                        asked.release();
                        answered.acquireUninterruptibly();
                        return "deleted";
                    }));
            new Thread(deletion, "deleter").start();
            asked.acquire();
            stop.requested = true;
            assertThrows(TimeoutException.class, () -> deletion.get(LOOKS_MS, TimeUnit.MILLISECONDS));
            answered.release();
            assertEquals("deleted", deletion.get());
        }
    }

    /** As one that gives back a lock. */
    @Test
    void shouldNotWaitLongForARequestThatBeginsWhenWorkIsToStop() throws Exception {
        Request stop = new Request();
        try (SilentServer server = new SilentServer("");
                Storage storage = silent(server, stop)) {
            stop.requested = true;
            assertSame(stop.stopped, assertThrows(IOException.class, () -> storage.delete("locks/mine")));
        }
    }

    /** It would be waited for through the whole test. */
    private static Storage silent(SilentServer server, StopRequest stop) {
        return Storages.open(
                "s3://bucket/prefix?endpoint=http://127.0.0.1:" + server.port() + "&timeout=100000&attempts=1", stop);
    }

    @BeforeAll
    static void setCredentials() {
        System.setProperty("aws.accessKeyId", "test");
        System.setProperty("aws.secretAccessKey", "secret");
    }

    @AfterAll
    static void clearCredentials() {
        System.clearProperty("aws.accessKeyId");
        System.clearProperty("aws.secretAccessKey");
    }

    @Test
    void shouldTouchNothingOfACallerThatHasGone() throws Exception {
        Request stop = new Request();
        Semaphore gone = new Semaphore(0);
        CompletableFuture<Exception> refused = new CompletableFuture<>();
        ByteBuffer memory = ByteBuffer.allocate(1);
        try (S3Calls calls = new S3Calls(stop)) {
            assertSame(
                    stop.stopped,
                    assertThrows(
                            IOException.class,
                            () -> calls.run("reading", S3Calls.Leave.AT_ANY_TIME, caller -> {
                                stop.requested = true;
                                gone.acquireUninterruptibly();
                                refused.complete(
                                        assertThrows(IOException.class, () -> caller.put(memory, new byte[] {1}, 1)));
                                return null;
                            })));
            gone.release();
            assertEquals("nobody waits for it any more", refused.get().getMessage());
            assertEquals(0, memory.position());
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
