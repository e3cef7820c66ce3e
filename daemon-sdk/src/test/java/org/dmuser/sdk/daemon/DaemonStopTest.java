package org.dmuser.sdk.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.dmuser.channel.ChannelEnd;
import org.dmuser.channel.DeliveredMessage;
import org.dmuser.channel.Errno;
import org.dmuser.channel.ResponseType;
import org.dmuser.sdk.AsyncBlockHandler;
import org.dmuser.sdk.Request;
import org.dmuser.sdk.daemon.DaemonEnd.Cause;
import org.junit.jupiter.api.Test;

/** How a daemon ends while requests are under way. */
class DaemonStopTest {
    private final DaemonRig rig = new DaemonRig();

    @Test
    void shouldFinishWhatWasTakenBeforeItStops() throws Exception {
        CountDownLatch release = rig.handler.blockFlush();
        BlockDaemon daemon = rig.launch(rig.context(rig.handler));
        DeliveredMessage taken = DaemonRig.flush();
        DeliveredMessage left = DaemonRig.flush();
        FakeLink link = rig.link();
        link.deliver(taken);
        rig.handler.awaitInside();
        daemon.stop();
        link.deliver(left);
        release.countDown();
        assertEquals(new DaemonEnd(Cause.STOPPED, "stopped"), daemon.awaitEnd());
        verify(taken).answer(ResponseType.SUCCESS, Errno.OK);
        verify(left, never()).answer(any(), any());
    }

    @Test
    void shouldWaitForAsynchronousRequestsBeforeItLetsGo() throws Exception {
        BlockingQueue<Request> requests = new LinkedBlockingQueue<>();
        BlockDaemon daemon = rig.launch(rig.context((AsyncBlockHandler) requests::add));
        FakeLink link = rig.link();
        DeliveredMessage message = DaemonRig.flush();
        link.deliver(message);
        Request request = requests.poll(120, TimeUnit.SECONDS);
        assertNotNull(request);
        daemon.stop();
        assertEquals(1, link.closed.getCount(), "closing now would fail the request");
        request.complete();
        assertEquals(Cause.STOPPED, daemon.awaitEnd().cause());
        verify(message).answer(ResponseType.SUCCESS, Errno.OK);
    }

    @Test
    void shouldNameAHandlerThatHangsAtTheEnd() throws Exception {
        CountDownLatch release = rig.handler.blockFlush();
        BlockDaemon daemon = rig.launch(rig.context(rig.handler).closeTimeout(Duration.ofMillis(20)));
        FakeLink link = rig.link();
        link.deliver(DaemonRig.flush());
        rig.handler.awaitInside();
        daemon.close();
        DaemonEnd end = daemon.awaitEnd();
        assertEquals(Cause.HUNG, end.cause());
        assertTrue(end.reason().startsWith("stopped, but 1 request is still under way after 20 ms"), end.reason());
        assertTrue(end.reason().contains("thread dmuser-disk-0 at "), end.reason());
        assertTrue(end.reason().contains("TestHandler.flush"), end.reason());
        assertEquals(0, link.closed.getCount());
        assertEquals(List.of("open"), rig.handler.calls, "a handler is not closed under a request");
        release.countDown();
        awaitEndOfCaller();
    }

    @Test
    void shouldEndThoughTheHandlerHangsWhenTheDeviceIsGone() throws Exception {
        CountDownLatch release = rig.handler.blockFlush();
        BlockDaemon daemon = rig.launch(rig.context(rig.handler).closeTimeout(Duration.ofMillis(20)));
        FakeLink link = rig.link();
        link.deliver(DaemonRig.flush());
        rig.handler.awaitInside();
        link.end(ChannelEnd.DESTROYED);
        DaemonEnd end = daemon.awaitEnd();
        assertEquals(Cause.HUNG, end.cause());
        assertTrue(end.reason().startsWith("ended as DESTROYED, but 1 request is still under way"), end.reason());
        release.countDown();
        awaitEndOfCaller();
    }

    /** Others look for threads that are inside handlers. */
    private void awaitEndOfCaller() throws InterruptedException {
        rig.handler.caller().join(120_000);
        assertFalse(rig.handler.caller().isAlive());
    }
}
