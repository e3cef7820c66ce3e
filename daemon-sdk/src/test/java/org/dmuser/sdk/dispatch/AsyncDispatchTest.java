package org.dmuser.sdk.dispatch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.dmuser.channel.Errno;
import org.dmuser.channel.RequestFlags;
import org.dmuser.channel.RequestType;
import org.dmuser.sdk.AsyncBlockHandler;
import org.dmuser.sdk.BlockException;
import org.dmuser.sdk.DeviceInfo;
import org.dmuser.sdk.Operation;
import org.dmuser.sdk.Request;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AsyncDispatchTest {
    private static final DeviceInfo DEVICE = new DeviceInfo("disk", 1 << 20, false);

    private final List<String> reports = new CopyOnWriteArrayList<>();
    private final List<Request> submitted = new ArrayList<>();
    private final boolean[] closed = new boolean[1];
    private HandlerDispatcher dispatcher;

    @BeforeEach
    void open() throws IOException {
        dispatcher = open(submitted::add);
    }

    @Test
    void shouldAnswerWhenTheRequestIsCompleted() {
        FakeMessage message = FakeMessage.write(8, 512, 0);
        dispatcher.onMessage(message);
        Request request = only();
        assertEquals("WRITE 4096+512", describe(request));
        assertTrue(request.mayUnmap());
        assertFalse(message.isAnswered());
        useUp(request);
        request.complete();
        message.assertSucceeded();
    }

    @Test
    void shouldAnswerInAnyOrderFromAnyThread() throws Exception {
        FakeMessage first = FakeMessage.read(0, 512);
        FakeMessage second = FakeMessage.read(1, 512);
        dispatcher.onMessage(first);
        dispatcher.onMessage(second);
        ExecutorService executor = Executors.newSingleThreadExecutor();
        executor.submit(() -> {
            useUp(submitted.get(1));
            submitted.get(1).complete();
        });
        second.awaitAnswer();
        second.assertSucceeded();
        assertFalse(first.isAnswered());
        submitted.get(0).fail(Errno.ETIMEDOUT);
        first.assertFailed(Errno.ETIMEDOUT);
        executor.shutdown();
        assertTrue(executor.awaitTermination(120, TimeUnit.SECONDS));
    }

    @Test
    void shouldTellWhoeverEndsARequestTwiceAndNobodyElse() {
        FakeMessage message = FakeMessage.read(0, 512);
        dispatcher.onMessage(message);
        Request request = only();
        useUp(request);
        request.complete();
        message.reuse();

        assertThrows(IllegalStateException.class, request::complete);
        assertThrows(IllegalStateException.class, () -> request.fail(Errno.EIO));
        assertThrows(IllegalStateException.class, () -> request.fail(new IOException("late")));
        assertFalse(message.isAnswered(), "the channel has given the message to somebody else");

        dispatcher.onMessage(message);
        assertThrows(IllegalStateException.class, request::complete);
        assertFalse(message.isAnswered(), "a late second end must not end a later message");
        useUp(submitted.get(1));
        submitted.get(1).complete();
        message.assertSucceeded();
    }

    @Test
    void shouldEndOnceWhenManyThreadsEndIt() throws Exception {
        ExecutorService executor = Executors.newFixedThreadPool(4);
        for (int i = 0; i < 500; i++) {
            FakeMessage message = FakeMessage.of(RequestType.FLUSH, 0, 0, 0);
            dispatcher.onMessage(message);
            Request request = submitted.get(i);
            CountDownLatch go = new CountDownLatch(1);
            CountDownLatch done = new CountDownLatch(4);
            AtomicInteger refused = new AtomicInteger();
            for (int j = 0; j < 4; j++) {
                executor.execute(() -> {
                    try {
                        go.await();
                        request.complete();
                    } catch (IllegalStateException e) {
                        refused.incrementAndGet();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    } finally {
                        done.countDown();
                    }
                });
            }
            go.countDown();
            assertTrue(done.await(120, TimeUnit.SECONDS));
            assertEquals(3, refused.get());
            message.assertSucceeded();
        }
        executor.shutdown();
        assertTrue(executor.awaitTermination(120, TimeUnit.SECONDS));
    }

    @Test
    void shouldFlushBeforeAndAfterADurableWrite() {
        FakeMessage message = FakeMessage.write(8, 512, RequestFlags.PREFLUSH | RequestFlags.FUA);
        dispatcher.onMessage(message);
        assertEquals("FLUSH 0+0", describe(only()));
        submitted.get(0).complete();
        assertEquals("WRITE 4096+512", describe(submitted.get(1)));
        useUp(submitted.get(1));
        submitted.get(1).complete();
        assertEquals("FLUSH 0+0", describe(submitted.get(2)));
        assertFalse(message.isAnswered());
        submitted.get(2).complete();
        assertEquals(3, submitted.size());
        message.assertSucceeded();
    }

    @Test
    void shouldNotWriteAfterAFlushThatFailed() {
        FakeMessage message = FakeMessage.write(8, 512, RequestFlags.PREFLUSH);
        dispatcher.onMessage(message);
        only().fail(new BlockException(Errno.ENOSPC, "full"));
        message.assertFailed(Errno.ENOSPC);
        assertEquals(1, submitted.size());
    }

    @Test
    void shouldFlushOnceForAFlush() {
        for (FakeMessage message : List.of(
                FakeMessage.of(RequestType.FLUSH, RequestFlags.PREFLUSH, 0, 0),
                FakeMessage.of(RequestType.WRITE, RequestFlags.PREFLUSH | RequestFlags.FUA, 0, 0))) {
            submitted.clear();
            dispatcher.onMessage(message);
            assertEquals(Operation.FLUSH, only().operation());
            only().complete();
            message.assertSucceeded();
            assertEquals(1, submitted.size());
        }
    }

    @Test
    void shouldAnswerAnEmptyRequestWithoutAsking() {
        FakeMessage message = FakeMessage.read(0, 0);
        dispatcher.onMessage(message);
        message.assertSucceeded();
        assertEquals(List.of(), submitted);
    }

    @Test
    void shouldFailWhatWasCompletedShort() {
        FakeMessage message = FakeMessage.read(0, 1024);
        dispatcher.onMessage(message);
        only().buffer().position(512);
        only().complete();
        message.assertFailed(Errno.EIO);
        assertTrue(reports.get(0).contains("it left 512 of 1024 bytes unfilled"), reports::toString);
    }

    @Test
    void shouldTakeTheBufferAwayAtTheEnd() {
        dispatcher.onMessage(FakeMessage.read(0, 512));
        dispatcher.onMessage(FakeMessage.of(RequestType.FLUSH, 0, 0, 0));
        submitted.get(0).fail(Errno.EIO);
        assertThrows(IllegalStateException.class, () -> submitted.get(0).buffer());
        assertThrows(IllegalStateException.class, () -> submitted.get(1).buffer());
    }

    @Test
    void shouldSayWhetherZeroesMayUnmap() {
        dispatcher.onMessage(FakeMessage.of(RequestType.WRITE_ZEROES, RequestFlags.NOUNMAP, 0, 512));
        assertFalse(only().mayUnmap());
    }

    @Test
    void shouldNotReportWhatIsNotSupported() {
        FakeMessage message = FakeMessage.of(RequestType.DISCARD, 0, 0, 512);
        dispatcher.onMessage(message);
        only().fail(Errno.EOPNOTSUPP);
        message.assertFailed(Errno.EOPNOTSUPP);
        assertEquals(List.of(), reports);
    }

    @Test
    void shouldNotLetARequestFailWithSuccess() {
        FakeMessage message = FakeMessage.of(RequestType.FLUSH, 0, 0, 0);
        dispatcher.onMessage(message);
        assertThrows(IllegalArgumentException.class, () -> only().fail(Errno.OK));
        only().complete();
        message.assertSucceeded();
    }

    @Test
    void shouldFailWhatSubmitThrewFor() throws IOException {
        FakeMessage message = FakeMessage.read(0, 512);
        open(request -> {
                    throw new OutOfMemoryError("no room");
                })
                .onMessage(message);
        message.assertFailed(Errno.EIO);
        assertTrue(reports.get(0).contains("OutOfMemoryError: no room"), reports::toString);
    }

    @Test
    void shouldOnlyReportWhatSubmitThrewAfterTheEnd() throws IOException {
        FakeMessage message = FakeMessage.of(RequestType.FLUSH, 0, 0, 0);
        open(request -> {
                    request.complete();
                    throw new IllegalStateException("too late");
                })
                .onMessage(message);
        message.assertSucceeded();
        assertTrue(reports.get(0).contains("after it had ended"), reports::toString);
    }

    @Test
    void shouldHoldNothingWhileItAnswersWhatEndsInsideSubmit() throws IOException {
        HandlerDispatcher ending = open(request -> {
            if (request.operation() != Operation.FLUSH) {
                throw new IOException("only flushes");
            }
            request.complete();
        });
        List<FakeMessage> messages = List.of(
                FakeMessage.of(RequestType.FLUSH, 0, 0, 0),
                FakeMessage.of(RequestType.WRITE, RequestFlags.PREFLUSH, 0, 0),
                FakeMessage.write(0, 512, RequestFlags.PREFLUSH));
        AtomicInteger free = new AtomicInteger();
        for (FakeMessage message : messages) {
            ending.onMessage(message.onAnswer(() -> free.addAndGet(isServedElsewhere(ending) ? 1 : 0)));
        }
        messages.get(0).assertSucceeded();
        messages.get(1).assertSucceeded();
        messages.get(2).assertFailed(Errno.EIO);
        assertEquals(3, free.get(), "answers during which the handler can be called by another thread");
    }

    @Test
    void shouldHoldNothingWhileItAnswersSeveralThatEndInsideOneSubmit() throws IOException {
        HandlerDispatcher batching = open(request -> {
            submitted.add(request);
            if (submitted.size() == 3) {
                submitted.forEach(Request::complete);
            } else if (submitted.size() > 3) {
                request.complete();
            }
        });
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            int index = i;
            batching.onMessage(FakeMessage.of(RequestType.FLUSH, 0, 0, 0).onAnswer(() -> {
                if (isServedElsewhere(batching)) {
                    order.add(index);
                }
            }));
        }
        assertEquals(List.of(0, 1, 2), order);
    }

    @Test
    void shouldAnswerWhatTheHandlerSendsItself() throws IOException {
        HandlerDispatcher[] self = new HandlerDispatcher[1];
        FakeMessage inner = FakeMessage.of(RequestType.FLUSH, 0, 0, 0);
        FakeMessage outer = FakeMessage.read(0, 512);
        self[0] = open(request -> {
            if (request.operation() == Operation.READ) {
                self[0].onMessage(inner);
                useUp(request);
            }
            request.complete();
        });
        self[0].onMessage(outer);
        inner.assertSucceeded();
        outer.assertSucceeded();
        assertTrue(self[0].awaitIdle(Duration.ZERO));
    }

    @Test
    void shouldNeedNoMemoryToGoOnToTheNextStep() throws IOException {
        int count = 10_000;
        Request[] steps = new Request[3 * count];
        int[] used = new int[1];
        HandlerDispatcher noting = open(request -> steps[used[0]++] = request);
        List<FakeMessage> messages = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            messages.add(FakeMessage.of(RequestType.WRITE_ZEROES, RequestFlags.PREFLUSH | RequestFlags.FUA, 0, 512));
            noting.onMessage(messages.get(i));
        }
        long before = allocatedBytes();
        for (Request step : steps) {
            step.complete();
        }
        long allocated = allocatedBytes() - before;
        messages.forEach(FakeMessage::assertSucceeded);
        assertTrue(allocated < 8 * count, () -> allocated + " bytes");
    }

    /** Whether a request that another thread makes now is answered. */
    private static boolean isServedElsewhere(HandlerDispatcher dispatcher) {
        FakeMessage message = FakeMessage.of(RequestType.FLUSH, 0, 0, 0);
        Thread thread = new Thread(() -> dispatcher.onMessage(message));
        thread.start();
        try {
            thread.join(120_000);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        return message.isAnswered();
    }

    private static long allocatedBytes() {
        return ((ThreadMXBean) ManagementFactory.getThreadMXBean())
                .getThreadAllocatedBytes(Thread.currentThread().getId());
    }

    @Test
    void shouldCountRequestsThatNeverEnd() throws IOException {
        dispatcher.onMessage(FakeMessage.read(0, 512));
        dispatcher.onMessage(FakeMessage.read(0, 512));
        dispatcher.close(Duration.ofMillis(1));
        assertFalse(closed[0]);
        assertEquals(List.of("handler test: 2 requests are still under way after 1 ms; it is not closed"), reports);
    }

    private HandlerDispatcher open(AsyncBlockHandlerStub stub) throws IOException {
        AsyncBlockHandler handler = new AsyncBlockHandler() {
            @Override
            public void submit(Request request) throws IOException {
                stub.submit(request);
            }

            @Override
            public void close() {
                closed[0] = true;
            }
        };
        return HandlerDispatcher.open("test", handler, DEVICE, reports::add);
    }

    private interface AsyncBlockHandlerStub {
        void submit(Request request) throws IOException;
    }

    private Request only() {
        assertEquals(1, submitted.size());
        return submitted.get(0);
    }

    private static void useUp(Request request) {
        request.buffer().position(request.buffer().limit());
    }

    private static String describe(Request request) {
        return request.operation() + " " + request.offset() + "+" + request.length();
    }
}
