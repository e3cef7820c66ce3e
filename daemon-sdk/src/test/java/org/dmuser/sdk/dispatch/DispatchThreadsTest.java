package org.dmuser.sdk.dispatch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.dmuser.channel.Errno;
import org.dmuser.channel.RequestFlags;
import org.dmuser.channel.RequestType;
import org.dmuser.sdk.BlockHandler;
import org.dmuser.sdk.DeviceInfo;
import org.dmuser.sdk.ThreadModel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DispatchThreadsTest {
    private static final int THREADS = 4;
    private static final DeviceInfo DEVICE = new DeviceInfo("disk", 1 << 20, false);

    private final List<String> reports = new CopyOnWriteArrayList<>();

    @Test
    void shouldCallASerialHandlerOnceAtATime() throws Exception {
        CountingHandler handler = new CountingHandler(ThreadModel.SERIAL);
        HandlerDispatcher dispatcher = HandlerDispatcher.open("test", handler, DEVICE, reports::add);
        inThreads(() -> {
            for (int i = 0; i < 10_000; i++) {
                dispatcher.onMessage(FakeMessage.read(0, 512));
            }
        });
        assertEquals(THREADS * 10_000, handler.unguarded);
        assertEquals(List.of(), reports);
    }

    @Test
    void shouldLetAParallelHandlerMeetItself() throws Exception {
        CyclicBarrier barrier = new CyclicBarrier(THREADS);
        BlockHandler meeting = new CountingHandler(ThreadModel.PARALLEL) {
            @Override
            public void read(long offset, ByteBuffer dst) throws IOException {
                try {
                    barrier.await(120, TimeUnit.SECONDS);
                } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
                    throw new IOException(e);
                }
                dst.position(dst.limit());
            }
        };
        HandlerDispatcher dispatcher = HandlerDispatcher.open("test", meeting, DEVICE, reports::add);
        inThreads(() -> {
            FakeMessage message = FakeMessage.read(0, 512);
            dispatcher.onMessage(message);
            message.assertSucceeded();
        });
    }

    @ParameterizedTest
    @EnumSource(ThreadModel.class)
    void shouldAllocateNothingForARequestThatSucceeds(ThreadModel threads) throws IOException {
        HandlerDispatcher dispatcher =
                HandlerDispatcher.open("test", new CountingHandler(threads), DEVICE, reports::add);
        List<FakeMessage> messages = List.of(
                FakeMessage.read(0, 4096),
                FakeMessage.write(8, 4096, RequestFlags.FUA | RequestFlags.PREFLUSH),
                FakeMessage.of(RequestType.WRITE, RequestFlags.PREFLUSH, 0, 0),
                FakeMessage.write(8, 512, 0));
        FakeMessage zeroes = new FakeMessage(RequestType.WRITE_ZEROES.wire(), 0, 0, 1 << 20, ByteBuffer.allocate(0));
        sendAgain(dispatcher, messages, zeroes, 20_000);
        long before = allocatedBytes();
        sendAgain(dispatcher, messages, zeroes, 1000);
        long allocated = allocatedBytes() - before;
        assertTrue(allocated < 5000, () -> allocated + " bytes for 5000 requests");
        assertEquals(List.of(), reports);
    }

    @Test
    void shouldWaitForTheLastRequestBeforeClosing() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        CountingHandler slow = blocking(inside, release);
        HandlerDispatcher dispatcher = HandlerDispatcher.open("slow", slow, DEVICE, reports::add);
        FakeMessage message = FakeMessage.read(0, 512);
        Thread serving = new Thread(() -> dispatcher.onMessage(message), "serving");
        serving.start();
        assertTrue(inside.await(120, TimeUnit.SECONDS));

        assertFalse(dispatcher.awaitIdle(Duration.ZERO));
        Thread releasing = new Thread(release::countDown);
        releasing.start();
        dispatcher.close(Duration.ofMinutes(10));
        assertTrue(slow.closed);
        message.assertSucceeded();
        serving.join();
        releasing.join();
    }

    @Test
    void shouldSayWhereAHandlerHangs() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        CountingHandler hanging = blocking(inside, release);
        HandlerDispatcher dispatcher = HandlerDispatcher.open("hanging", hanging, DEVICE, reports::add);
        FakeMessage message = FakeMessage.read(0, 512);
        Thread serving = new Thread(() -> dispatcher.onMessage(message), "serving-disk");
        serving.start();
        assertTrue(inside.await(120, TimeUnit.SECONDS));

        dispatcher.close(Duration.ofMillis(1));
        assertFalse(slowlyClosed(hanging));
        assertEquals(1, reports.size());
        String report = reports.get(0);
        assertTrue(report.startsWith("handler hanging: 1 request is still under way after 1 ms (thread "), report);
        assertTrue(report.contains("serving-disk at "), report);
        assertTrue(report.contains("DispatchThreadsTest"), report);
        assertTrue(report.endsWith("it is not closed"), report);
        release.countDown();
        serving.join();
        message.assertSucceeded();
    }

    @Test
    void shouldTakeMessagesWhileSomebodyWaitsForIdle() throws IOException {
        CountingHandler handler = new CountingHandler(ThreadModel.SERIAL);
        HandlerDispatcher dispatcher = HandlerDispatcher.open("test", handler, DEVICE, reports::add);
        assertTrue(dispatcher.awaitIdle(Duration.ZERO));
        FakeMessage message = FakeMessage.read(0, 512);
        dispatcher.onMessage(message);
        message.assertSucceeded();
    }

    @Test
    void shouldKeepTheLogShortUnderAStormOfErrors() throws IOException {
        BlockHandler failing = new CountingHandler(ThreadModel.SERIAL) {
            @Override
            public void read(long offset, ByteBuffer dst) throws IOException {
                throw new IOException("no");
            }
        };
        HandlerDispatcher dispatcher = HandlerDispatcher.open("test", failing, DEVICE, reports::add);
        for (int i = 0; i < 1000; i++) {
            FakeMessage message = FakeMessage.read(0, 512);
            dispatcher.onMessage(message);
            message.assertFailed(Errno.EIO);
        }
        dispatcher.close();
        // How many lines depends on how many seconds it took.
        long leftOut = reports.stream()
                .filter(line -> line.endsWith(" more like these"))
                .mapToLong(line -> Long.parseLong(line.split(" ")[1]) - 1)
                .sum();
        assertEquals(1000, reports.size() + leftOut);
        assertTrue(leftOut > 0, reports::toString);
    }

    private static boolean slowlyClosed(CountingHandler handler) {
        return handler.closed;
    }

    private static CountingHandler blocking(CountDownLatch inside, CountDownLatch release) {
        return new CountingHandler(ThreadModel.PARALLEL) {
            @Override
            public void read(long offset, ByteBuffer dst) throws IOException {
                inside.countDown();
                try {
                    release.await();
                } catch (InterruptedException e) {
                    throw new IOException(e);
                }
                dst.position(dst.limit());
            }
        };
    }

    private static void sendAgain(
            HandlerDispatcher dispatcher, List<FakeMessage> messages, FakeMessage zeroes, int times) {
        for (int i = 0; i < times; i++) {
            for (int j = 0; j < messages.size(); j++) {
                messages.get(j).reuse();
                dispatcher.onMessage(messages.get(j));
            }
            if (i % 16 == 0) {
                zeroes.reuse();
                dispatcher.onMessage(zeroes);
            }
        }
    }

    private static long allocatedBytes() {
        return ((ThreadMXBean) ManagementFactory.getThreadMXBean())
                .getThreadAllocatedBytes(Thread.currentThread().getId());
    }

    private static void inThreads(Runnable work) throws InterruptedException {
        List<Throwable> failures = new CopyOnWriteArrayList<>();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            Thread thread = new Thread(work);
            thread.setUncaughtExceptionHandler((t, e) -> failures.add(e));
            threads.add(thread);
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertEquals(List.of(), failures);
    }

    /** Allocates nothing itself. */
    private static class CountingHandler implements BlockHandler {
        private final ThreadModel threads;
        private long unguarded;
        private volatile boolean closed;

        CountingHandler(ThreadModel threads) {
            this.threads = threads;
        }

        @Override
        public ThreadModel threadModel() {
            return threads;
        }

        @Override
        public void read(long offset, ByteBuffer dst) throws IOException {
            unguarded++;
            dst.position(dst.limit());
        }

        @Override
        public void write(long offset, ByteBuffer src) {
            src.position(src.limit());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {
            closed = true;
        }
    }
}
