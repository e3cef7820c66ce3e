package org.dmuser.sdk.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.Mockito.timeout;
import static org.mockito.Mockito.verify;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.dmuser.channel.AttachException;
import org.dmuser.channel.ChannelEnd;
import org.dmuser.channel.DeliveredMessage;
import org.dmuser.channel.Errno;
import org.dmuser.channel.ResponseType;
import org.dmuser.sdk.daemon.DaemonEnd.Cause;
import org.junit.jupiter.api.Test;

/** A daemon whose service has gone and comes back. */
class DaemonReconnectTest {
    private final DaemonRig rig = new DaemonRig();

    @Test
    void shouldAttachAgainUntilItWorks() throws Exception {
        BlockDaemon daemon = rig.launch(rig.reconnecting());
        rig.willFail(new AttachException("no service"));
        rig.willFail(new AttachException("no such device"));
        FakeLink second = DaemonRig.newLink();
        rig.willAttach(second);
        rig.link().end(ChannelEnd.SERVICE_LOST);
        assertSame(second, rig.link());
        DeliveredMessage message = DaemonRig.flush();
        second.deliver(message);
        verify(message, timeout(120_000)).answer(ResponseType.SUCCESS, Errno.OK);
        daemon.close();
        assertEquals(Cause.STOPPED, daemon.awaitEnd().cause());
        assertEquals(List.of("open", "flush", "close"), rig.handler.calls, "the handler stays open all the while");
        assertEquals(
                List.of(
                        "dmuser-disk-0: ended as SERVICE_LOST; trying again until it is back",
                        "dmuser-disk-0: attached again"),
                rig.reports);
    }

    @Test
    void shouldNotReconnectUnlessAskedTo() throws Exception {
        BlockDaemon daemon = rig.launch(rig.context(rig.handler));
        rig.link().end(ChannelEnd.SERVICE_LOST);
        assertEquals(Cause.SERVICE_LOST, daemon.awaitEnd().cause());
        assertFalse(rig.hasAttached());
    }

    @Test
    void shouldStopWhileItTriesAgain() throws Exception {
        CountDownLatch tried = new CountDownLatch(3);
        FakeLink first = DaemonRig.newLink();
        BlockingQueue<FakeLink> once = new LinkedBlockingQueue<>(List.of(first));
        BlockDaemon daemon = BlockDaemon.launch(rig.reconnecting().connector(() -> {
            tried.countDown();
            FakeLink link = once.poll();
            if (link == null) {
                throw new AttachException("no service");
            }
            return link;
        }));
        first.end(ChannelEnd.DESTROYED);
        assertTrue(tried.await(120, TimeUnit.SECONDS));
        daemon.close();
        assertEquals(new DaemonEnd(Cause.STOPPED, "stopped while ended as DESTROYED"), daemon.awaitEnd());
    }

    @Test
    void shouldNotServeADeviceThatHasChanged() throws Exception {
        BlockDaemon daemon = rig.launch(rig.reconnecting());
        FakeLink other = new FakeLink(DaemonRig.SECTORS / 2, true);
        rig.willAttach(other);
        rig.link().end(ChannelEnd.DESTROYED);
        DaemonEnd end = daemon.awaitEnd();
        assertEquals(Cause.FAILED, end.cause());
        assertEquals("device disk had 1 MiB and has 512 KiB, read-only, now; start the daemon anew", end.reason());
        assertEquals(0, other.closed.getCount());
        assertEquals(List.of("open", "close"), rig.handler.calls);
    }

    @Test
    void shouldNotComeBackAfterItWasGivenUp() throws Exception {
        CountDownLatch release = rig.handler.blockFlush();
        BlockDaemon daemon = rig.launch(rig.reconnecting().closeTimeout(Duration.ofMillis(20)));
        FakeLink link = rig.link();
        link.deliver(DaemonRig.flush());
        rig.handler.awaitInside();
        link.end(ChannelEnd.SERVICE_LOST);
        assertEquals(Cause.HUNG, daemon.awaitEnd().cause());
        rig.willAttach(DaemonRig.newLink());
        release.countDown();
        rig.handler.caller().join(120_000);
        assertFalse(rig.handler.caller().isAlive(), "it serves again");
        assertTrue(rig.hasLeft(), "it attached again");
    }

    @Test
    void shouldNotServeALinkItGetsAfterItWasClosed() throws Exception {
        CountDownLatch attaching = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        FakeLink late = DaemonRig.newLink();
        FakeLink first = DaemonRig.newLink();
        BlockingQueue<FakeLink> once = new LinkedBlockingQueue<>(List.of(first));
        BlockDaemon daemon = BlockDaemon.launch(
                rig.reconnecting().closeTimeout(Duration.ofMillis(20)).connector(() -> {
                    FakeLink link = once.poll();
                    if (link == null) {
                        attaching.countDown();
                        awaitUnbroken(answer);
                        return late;
                    }
                    return link;
                }));
        // The time to close is for the end of this test; nobody is to be given up for it here.
        first.endUnwatched(ChannelEnd.SERVICE_LOST);
        assertTrue(attaching.await(120, TimeUnit.SECONDS));
        daemon.close();
        assertEquals(Cause.HUNG, daemon.awaitEnd().cause());
        answer.countDown();
        assertTrue(late.closed.await(120, TimeUnit.SECONDS));
        assertFalse(late.wasServed());
    }

    private static void awaitUnbroken(CountDownLatch latch) {
        try {
            assertTrue(latch.await(120, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
