package org.dmuser.sdk.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.dmuser.channel.AttachException;
import org.dmuser.channel.ChannelEnd;
import org.dmuser.channel.DeliveredMessage;
import org.dmuser.channel.Errno;
import org.dmuser.channel.RequestType;
import org.dmuser.channel.ResponseType;
import org.dmuser.sdk.AsyncBlockHandler;
import org.dmuser.sdk.BlockHandler;
import org.dmuser.sdk.DeviceInfo;
import org.dmuser.sdk.Handler;
import org.dmuser.sdk.Request;
import org.dmuser.sdk.config.ConfigException;
import org.dmuser.sdk.daemon.DaemonEnd.Cause;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BlockDaemonTest {
    private static final long SECTORS = 2048;

    private final List<String> reports = new CopyOnWriteArrayList<>();
    private final BlockingQueue<FakeLink> attached = new LinkedBlockingQueue<>();
    private final BlockingQueue<Object> toAttach = new LinkedBlockingQueue<>();
    private final TestHandler handler = new TestHandler();

    @Test
    void shouldServeFromOpenToClose() throws Exception {
        BlockDaemon daemon = launch(context(handler));
        assertEquals(new DeviceInfo("disk", SECTORS * 512, false), daemon.device());
        FakeLink link = link();
        DeliveredMessage message = flush();
        link.deliver(message);
        link.end(ChannelEnd.DESTROYED);
        DaemonEnd end = daemon.awaitEnd();
        assertEquals(new DaemonEnd(Cause.DEVICE_GONE, "ended as DESTROYED"), end);
        assertTrue(end.expected());
        assertEquals(
                List.of("open", "close"),
                handler.calls.stream().filter(c -> !c.equals("flush")).toList());
        assertTrue(link.closed.await(30, TimeUnit.SECONDS));
    }

    @Test
    void shouldServeEveryChannel() throws Exception {
        BlockDaemon daemon = launch(context(handler).channels(3));
        for (int i = 0; i < 3; i++) {
            DeliveredMessage message = flush();
            link().deliver(message);
            verify(message, org.mockito.Mockito.timeout(30_000)).answer(ResponseType.SUCCESS, Errno.OK);
        }
        daemon.close();
        assertEquals(Cause.STOPPED, daemon.awaitEnd().cause());
        assertEquals(List.of("open", "flush", "flush", "flush", "close"), handler.calls);
    }

    @Test
    void shouldGoOnWhenOneChannelIsRejected() throws Exception {
        BlockDaemon daemon = launch(context(handler).channels(2));
        FakeLink rejected = link();
        FakeLink fine = link();
        rejected.end(ChannelEnd.REJECTED);
        assertTrue(rejected.closed.await(30, TimeUnit.SECONDS));
        DeliveredMessage message = flush();
        fine.deliver(message);
        verify(message, org.mockito.Mockito.timeout(30_000)).answer(ResponseType.SUCCESS, Errno.OK);
        fine.end(ChannelEnd.DESTROYED);
        DaemonEnd end = daemon.awaitEnd();
        assertEquals(Cause.REJECTED, end.cause());
        assertFalse(end.expected());
        assertEquals(List.of("a channel of disk has ended: ended as REJECTED"), reports);
    }

    @ParameterizedTest
    @CsvSource({"SERVICE_LOST, SERVICE_LOST", "DESTROYED, DEVICE_GONE", "REJECTED, REJECTED", "CLOSED, SERVICE_LOST"})
    void shouldSayWhyItEnded(ChannelEnd end, Cause cause) throws Exception {
        BlockDaemon daemon = launch(context(handler));
        link().end(end);
        assertEquals(cause, daemon.awaitEnd().cause());
    }

    @Test
    void shouldFinishWhatWasTakenBeforeItStops() throws Exception {
        CountDownLatch release = handler.blockFlush();
        BlockDaemon daemon = launch(context(handler));
        DeliveredMessage taken = flush();
        DeliveredMessage left = flush();
        FakeLink link = link();
        link.deliver(taken);
        handler.awaitInside();
        daemon.stop();
        link.deliver(left);
        release.countDown();
        assertEquals(new DaemonEnd(Cause.STOPPED, "stopped"), daemon.awaitEnd());
        verify(taken).answer(ResponseType.SUCCESS, Errno.OK);
        verify(left, org.mockito.Mockito.never()).answer(any(), any());
    }

    @Test
    void shouldWaitForAsynchronousRequestsBeforeItLetsGo() throws Exception {
        BlockingQueue<Request> requests = new LinkedBlockingQueue<>();
        BlockDaemon daemon = launch(context((AsyncBlockHandler) requests::add));
        FakeLink link = link();
        DeliveredMessage message = flush();
        link.deliver(message);
        Request request = requests.poll(30, TimeUnit.SECONDS);
        assertNotNull(request);
        daemon.stop();
        assertEquals(1, link.closed.getCount(), "closing now would fail the request");
        request.complete();
        assertEquals(Cause.STOPPED, daemon.awaitEnd().cause());
        verify(message).answer(ResponseType.SUCCESS, Errno.OK);
    }

    @Test
    void shouldNameAHandlerThatHangsAtTheEnd() throws Exception {
        CountDownLatch release = handler.blockFlush();
        BlockDaemon daemon = launch(context(handler).closeTimeout(Duration.ofMillis(20)));
        FakeLink link = link();
        link.deliver(flush());
        handler.awaitInside();
        daemon.close();
        DaemonEnd end = daemon.awaitEnd();
        assertEquals(Cause.HUNG, end.cause());
        assertTrue(end.reason().startsWith("stopped, but 1 request is still under way after 20 ms"), end.reason());
        assertTrue(end.reason().contains("thread dmuser-disk-0 at "), end.reason());
        assertTrue(end.reason().contains("TestHandler.flush"), end.reason());
        assertEquals(0, link.closed.getCount());
        assertEquals(List.of("open"), handler.calls, "a handler is not closed under a request");
        release.countDown();
    }

    @Test
    void shouldEndThoughTheHandlerHangsWhenTheDeviceIsGone() throws Exception {
        CountDownLatch release = handler.blockFlush();
        BlockDaemon daemon = launch(context(handler).closeTimeout(Duration.ofMillis(20)));
        FakeLink link = link();
        link.deliver(flush());
        handler.awaitInside();
        link.end(ChannelEnd.DESTROYED);
        DaemonEnd end = daemon.awaitEnd();
        assertEquals(Cause.HUNG, end.cause());
        assertTrue(end.reason().startsWith("ended as DESTROYED, but 1 request is still under way"), end.reason());
        release.countDown();
    }

    @Test
    void shouldNotComeBackAfterItWasGivenUp() throws Exception {
        CountDownLatch release = handler.blockFlush();
        BlockDaemon daemon = launch(reconnecting().closeTimeout(Duration.ofMillis(20)));
        FakeLink link = link();
        link.deliver(flush());
        handler.awaitInside();
        link.end(ChannelEnd.SERVICE_LOST);
        assertEquals(Cause.HUNG, daemon.awaitEnd().cause());
        toAttach.add(new FakeLink(SECTORS, false));
        release.countDown();
        handler.caller.join(30_000);
        assertFalse(handler.caller.isAlive(), "it serves again");
        assertEquals(1, toAttach.size(), "it attached again");
    }

    @Test
    void shouldNotServeALinkItGetsAfterItWasClosed() throws Exception {
        CountDownLatch attaching = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        FakeLink late = new FakeLink(SECTORS, false);
        FakeLink first = new FakeLink(SECTORS, false);
        BlockingQueue<FakeLink> once = new LinkedBlockingQueue<>(List.of(first));
        BlockDaemon daemon = BlockDaemon.launch(
                reconnecting().closeTimeout(Duration.ofMillis(20)).connector(() -> {
                    FakeLink link = once.poll();
                    if (link == null) {
                        attaching.countDown();
                        awaitUnbroken(answer);
                        return late;
                    }
                    return link;
                }));
        first.end(ChannelEnd.SERVICE_LOST);
        assertTrue(attaching.await(30, TimeUnit.SECONDS));
        daemon.close();
        assertEquals(Cause.HUNG, daemon.awaitEnd().cause());
        answer.countDown();
        assertTrue(late.closed.await(30, TimeUnit.SECONDS));
        assertFalse(late.wasServed());
    }

    @Test
    void shouldAttachAgainUntilItWorks() throws Exception {
        BlockDaemon daemon = launch(reconnecting());
        toAttach.add(new AttachException("no service"));
        toAttach.add(new AttachException("no such device"));
        FakeLink second = new FakeLink(SECTORS, false);
        toAttach.add(second);
        link().end(ChannelEnd.SERVICE_LOST);
        assertSame(second, link());
        DeliveredMessage message = flush();
        second.deliver(message);
        verify(message, org.mockito.Mockito.timeout(30_000)).answer(ResponseType.SUCCESS, Errno.OK);
        daemon.close();
        assertEquals(Cause.STOPPED, daemon.awaitEnd().cause());
        assertEquals(List.of("open", "flush", "close"), handler.calls, "the handler stays open all the while");
        assertEquals(
                List.of(
                        "dmuser-disk-0: ended as SERVICE_LOST; trying again until it is back",
                        "dmuser-disk-0: attached again"),
                reports);
    }

    @Test
    void shouldStopWhileItTriesAgain() throws Exception {
        CountDownLatch tried = new CountDownLatch(3);
        FakeLink first = new FakeLink(SECTORS, false);
        BlockingQueue<FakeLink> once = new LinkedBlockingQueue<>(List.of(first));
        BlockDaemon daemon = BlockDaemon.launch(reconnecting().connector(() -> {
            tried.countDown();
            FakeLink link = once.poll();
            if (link == null) {
                throw new AttachException("no service");
            }
            return link;
        }));
        first.end(ChannelEnd.DESTROYED);
        assertTrue(tried.await(30, TimeUnit.SECONDS));
        daemon.close();
        assertEquals(new DaemonEnd(Cause.STOPPED, "stopped while ended as DESTROYED"), daemon.awaitEnd());
    }

    @Test
    void shouldNotServeADeviceThatHasChanged() throws Exception {
        BlockDaemon daemon = launch(reconnecting());
        FakeLink other = new FakeLink(SECTORS / 2, true);
        toAttach.add(other);
        link().end(ChannelEnd.DESTROYED);
        DaemonEnd end = daemon.awaitEnd();
        assertEquals(Cause.FAILED, end.cause());
        assertEquals("device disk had 1 MiB and has 512 KiB, read-only, now; start the daemon anew", end.reason());
        assertEquals(0, other.closed.getCount());
        assertEquals(List.of("open", "close"), handler.calls);
    }

    @Test
    void shouldNotReconnectUnlessAskedTo() throws Exception {
        BlockDaemon daemon = launch(context(handler));
        link().end(ChannelEnd.SERVICE_LOST);
        assertEquals(Cause.SERVICE_LOST, daemon.awaitEnd().cause());
        assertTrue(attached.isEmpty());
    }

    @Test
    void shouldLeaveNothingWhenItCannotAttach() {
        toAttach.add(new FakeLink(SECTORS, false));
        toAttach.add(new AttachException("no service at /run/x"));
        IOException e = assertThrows(
                IOException.class, () -> BlockDaemon.launch(context(handler).channels(2)));
        assertEquals("no service at /run/x", e.getMessage());
        assertEquals(0, attached.remove().closed.getCount());
        assertEquals(List.of("close"), handler.calls);
    }

    @Test
    void shouldLeaveNothingWhenTheHandlerDoesNotFit() {
        TestHandler small = new TestHandler() {
            @Override
            public long size() {
                return 512;
            }
        };
        IOException e = assertThrows(IOException.class, () -> launch(context(small)));
        assertEquals(
                "handler test cannot serve device disk: it holds 512 bytes, and the device has 1 MiB", e.getMessage());
        assertEquals(0, attached.remove().closed.getCount());
        assertEquals(List.of("close"), small.calls);
    }

    @Test
    void shouldReportAHandlerThatCannotBeClosed() throws Exception {
        TestHandler unclosable = new TestHandler() {
            @Override
            public void close() throws IOException {
                throw new IOException("stuck");
            }
        };
        BlockDaemon daemon = launch(context(unclosable));
        daemon.close();
        daemon.close();
        assertEquals(List.of("handler test failed to close: IOException: stuck"), reports);
    }

    @Test
    void shouldLeaveInTheChannelWhatTheHandlerDidWrong() throws Exception {
        TestHandler failing = new TestHandler() {
            @Override
            public void flush() throws IOException {
                throw new IOException("the disk is on fire");
            }
        };
        BlockDaemon daemon = launch(context(failing));
        FakeLink link = link();
        DeliveredMessage message = flush();
        link.deliver(message);
        verify(message, org.mockito.Mockito.timeout(30_000)).answer(ResponseType.ERROR, Errno.EIO);
        daemon.close();
        assertEquals(1, reports.size());
        assertTrue(reports.get(0).contains("the disk is on fire"), reports::toString);
        assertEquals(reports, link.reports);
    }

    @Test
    void shouldEndWhenAChannelIsDefective() throws Exception {
        Link defective = mock();
        when(defective.sectors()).thenReturn(SECTORS);
        when(defective.serve(any())).thenThrow(new IllegalStateException("ring torn"));
        BlockDaemon daemon = BlockDaemon.launch(context(handler).connector(() -> defective));
        assertEquals(new DaemonEnd(Cause.FAILED, "ring torn"), daemon.awaitEnd());
    }

    @Test
    void shouldSayWhatAContextLacks() {
        assertLacks("a daemon needs the device to attach to", new DaemonContext());
        assertLacks("a daemon needs a handler", new DaemonContext().device("d"));
        assertLacks(
                "a daemon needs the control socket of a service",
                new DaemonContext().device("d").handler("test", handler));
        assertLacks("0 channels; ask for 1 to 64", context(handler).channels(0));
        assertLacks("65 channels; ask for 1 to 64", context(handler).channels(65));
        assertThrows(
                ConfigException.class,
                () -> context(handler).retry(Duration.ZERO, Duration.ZERO).conclude());
        DaemonContext once = context(handler).conclude();
        assertThrows(IllegalStateException.class, once::conclude);
    }

    @Test
    void shouldSayThatThereIsNoService() {
        DaemonContext context =
                new DaemonContext().device("d").handler("test", handler).controlSocket(Path.of("/nowhere/control"));
        IOException e = assertThrows(IOException.class, () -> BlockDaemon.launch(context));
        assertEquals(1, e.getMessage().lines().count());
        assertTrue(e.getMessage().contains("/nowhere"), e.getMessage());
    }

    private static void assertLacks(String message, DaemonContext context) {
        assertEquals(
                message, assertThrows(ConfigException.class, context::conclude).getMessage());
    }

    private DaemonContext context(Handler served) {
        return new DaemonContext()
                .device("disk")
                .handler("test", served)
                .reports(reports::add)
                .closeTimeout(Duration.ofSeconds(30))
                .connector(this::attach);
    }

    private DaemonContext reconnecting() {
        return context(handler).reconnect(true).retry(Duration.ofMillis(1), Duration.ofMillis(2));
    }

    private BlockDaemon launch(DaemonContext context) throws IOException {
        List<FakeLink> links = new ArrayList<>();
        for (int i = 0; i < context.channels(); i++) {
            links.add(new FakeLink(SECTORS, false));
        }
        toAttach.addAll(links);
        return BlockDaemon.launch(context);
    }

    private Link attach() throws IOException {
        Object next;
        try {
            next = toAttach.poll(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        if (next instanceof IOException e) {
            throw e;
        }
        attached.add((FakeLink) next);
        return (FakeLink) next;
    }

    private static void awaitUnbroken(CountDownLatch latch) {
        try {
            assertTrue(latch.await(30, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private FakeLink link() throws InterruptedException {
        FakeLink link = attached.poll(30, TimeUnit.SECONDS);
        assertNotNull(link, "nobody attached");
        return link;
    }

    private static DeliveredMessage flush() {
        DeliveredMessage message = mock();
        when(message.type()).thenReturn(RequestType.FLUSH.wire());
        return message;
    }

    /** Writes down its life, and hangs if it is told to. */
    private static class TestHandler implements BlockHandler {
        final List<String> calls = new CopyOnWriteArrayList<>();
        private final CountDownLatch inside = new CountDownLatch(1);
        private volatile CountDownLatch blocker = new CountDownLatch(0);
        private volatile Thread caller;

        CountDownLatch blockFlush() {
            blocker = new CountDownLatch(1);
            return blocker;
        }

        void awaitInside() throws InterruptedException {
            assertTrue(inside.await(30, TimeUnit.SECONDS));
        }

        @Override
        public void open(DeviceInfo device) {
            calls.add("open");
        }

        @Override
        public void read(long offset, ByteBuffer dst) {
            dst.position(dst.limit());
        }

        @Override
        public void write(long offset, ByteBuffer src) {
            src.position(src.limit());
        }

        @Override
        public void flush() throws IOException {
            caller = Thread.currentThread();
            inside.countDown();
            try {
                blocker.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            calls.add("flush");
        }

        @Override
        public void close() throws IOException {
            calls.add("close");
        }
    }
}
