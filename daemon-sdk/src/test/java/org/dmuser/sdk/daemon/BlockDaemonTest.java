package org.dmuser.sdk.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.timeout;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.dmuser.channel.ChannelEnd;
import org.dmuser.channel.DeliveredMessage;
import org.dmuser.channel.Errno;
import org.dmuser.channel.ResponseType;
import org.dmuser.sdk.DeviceInfo;
import org.dmuser.sdk.daemon.DaemonEnd.Cause;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a daemon does from the moment it is launched until its channels end. */
class BlockDaemonTest {
    private final DaemonRig rig = new DaemonRig();

    @Test
    void shouldServeFromOpenToClose() throws Exception {
        BlockDaemon daemon = rig.launch(rig.context(rig.handler));
        assertEquals(new DeviceInfo("disk", DaemonRig.SECTORS * 512, false), daemon.device());
        FakeLink link = rig.link();
        DeliveredMessage message = DaemonRig.flush();
        link.deliver(message);
        link.end(ChannelEnd.DESTROYED);
        DaemonEnd end = daemon.awaitEnd();
        assertEquals(new DaemonEnd(Cause.DEVICE_GONE, "ended as DESTROYED"), end);
        assertTrue(end.expected());
        assertEquals(
                List.of("open", "close"),
                rig.handler.calls.stream().filter(c -> !c.equals("flush")).toList());
        assertTrue(link.closed.await(120, TimeUnit.SECONDS));
    }

    @Test
    void shouldServeEveryChannel() throws Exception {
        BlockDaemon daemon = rig.launch(rig.context(rig.handler).channels(3));
        for (int i = 0; i < 3; i++) {
            DeliveredMessage message = DaemonRig.flush();
            rig.link().deliver(message);
            verify(message, timeout(120_000)).answer(ResponseType.SUCCESS, Errno.OK);
        }
        daemon.close();
        assertEquals(Cause.STOPPED, daemon.awaitEnd().cause());
        assertEquals(List.of("open", "flush", "flush", "flush", "close"), rig.handler.calls);
    }

    @Test
    void shouldGoOnWhenOneChannelIsRejected() throws Exception {
        BlockDaemon daemon = rig.launch(rig.context(rig.handler).channels(2));
        FakeLink rejected = rig.link();
        FakeLink fine = rig.link();
        rejected.end(ChannelEnd.REJECTED);
        // It is the first to end from here on.
        rig.awaitReport();
        assertEquals(0, rejected.closed.getCount());
        DeliveredMessage message = DaemonRig.flush();
        fine.deliver(message);
        verify(message, timeout(120_000)).answer(ResponseType.SUCCESS, Errno.OK);
        fine.end(ChannelEnd.DESTROYED);
        DaemonEnd end = daemon.awaitEnd();
        assertEquals(Cause.REJECTED, end.cause());
        assertFalse(end.expected());
        assertEquals(List.of("a channel of disk has ended: ended as REJECTED"), rig.reports);
    }

    @ParameterizedTest
    @CsvSource({"SERVICE_LOST, SERVICE_LOST", "DESTROYED, DEVICE_GONE", "REJECTED, REJECTED", "CLOSED, SERVICE_LOST"})
    void shouldSayWhyItEnded(ChannelEnd end, Cause cause) throws Exception {
        BlockDaemon daemon = rig.launch(rig.context(rig.handler));
        rig.link().end(end);
        assertEquals(cause, daemon.awaitEnd().cause());
    }

    @Test
    void shouldEndWhenAChannelIsDefective() throws Exception {
        Link defective = mock();
        when(defective.sectors()).thenReturn(DaemonRig.SECTORS);
        when(defective.serve(any())).thenThrow(new IllegalStateException("ring torn"));
        BlockDaemon daemon = BlockDaemon.launch(rig.context(rig.handler).connector(() -> defective));
        assertEquals(new DaemonEnd(Cause.FAILED, "ring torn"), daemon.awaitEnd());
    }

    @Test
    void shouldLeaveInTheChannelWhatTheHandlerDidWrong() throws Exception {
        TestHandler failing = new TestHandler() {
            @Override
            public void flush() throws IOException {
                throw new IOException("the disk is on fire");
            }
        };
        BlockDaemon daemon = rig.launch(rig.context(failing));
        FakeLink link = rig.link();
        DeliveredMessage message = DaemonRig.flush();
        link.deliver(message);
        verify(message, timeout(120_000)).answer(ResponseType.ERROR, Errno.EIO);
        daemon.close();
        assertEquals(1, rig.reports.size());
        assertTrue(rig.reports.get(0).contains("the disk is on fire"), rig.reports::toString);
        assertEquals(rig.reports, link.reports);
    }

    @Test
    void shouldReportAHandlerThatCannotBeClosed() throws Exception {
        TestHandler unclosable = new TestHandler() {
            @Override
            public void close() throws IOException {
                throw new IOException("stuck");
            }
        };
        BlockDaemon daemon = rig.launch(rig.context(unclosable));
        daemon.close();
        daemon.close();
        assertEquals(List.of("handler test failed to close: IOException: stuck"), rig.reports);
    }
}
