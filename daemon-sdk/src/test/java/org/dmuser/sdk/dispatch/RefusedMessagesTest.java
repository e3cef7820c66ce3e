package org.dmuser.sdk.dispatch;

import static org.dmuser.sdk.dispatch.DispatchRig.DEVICE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.dmuser.channel.Errno;
import org.dmuser.channel.RequestType;
import org.dmuser.sdk.BlockHandler;
import org.dmuser.sdk.DeviceInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages that never reach the handler. */
class RefusedMessagesTest {
    private final DispatchRig rig = new DispatchRig();

    @ParameterizedTest
    @EnumSource(
            value = RequestType.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"READ", "WRITE", "FLUSH", "DISCARD", "WRITE_ZEROES"})
    void shouldAnswerUnsupportedToWhatHandlersDoNotKnow(RequestType type) throws IOException {
        FakeMessage message = FakeMessage.of(type, 0, 0, 512);
        rig.send(rig.handler, message);
        message.assertFailed(Errno.EOPNOTSUPP);
        assertEquals(List.of("open disk"), rig.handler.calls);
    }

    @ParameterizedTest
    @ValueSource(longs = {13, -1, Long.MAX_VALUE, Long.MIN_VALUE, 1L << 32})
    void shouldAnswerUnsupportedToUnknownTypes(long type) throws IOException {
        FakeMessage message = new FakeMessage(type, 0, 0, 512, ByteBuffer.allocate(512));
        rig.send(rig.handler, message);
        message.assertFailed(Errno.EOPNOTSUPP);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 1, EINVAL",
        "0, 511, EINVAL",
        "0, -512, EINVAL",
        "-1, 512, EIO",
        "2048, 512, EIO",
        "2047, 1024, EIO",
        "0, 1049088, EIO",
        "9223372036854775807, 512, EIO",
        "-9223372036854775808, 0, EIO",
        "1, 9223372036854775296, EIO"
    })
    void shouldRefuseWhatIsNotOnTheDevice(long sector, long length, Errno errno) throws IOException {
        for (RequestType type :
                List.of(RequestType.READ, RequestType.WRITE, RequestType.DISCARD, RequestType.WRITE_ZEROES)) {
            FakeMessage message = new FakeMessage(type.wire(), 0, sector, length, ByteBuffer.allocate(2 << 20));
            rig.send(rig.handler, message);
            message.assertFailed(errno);
        }
        assertEquals(4, rig.reports.size());
        assertTrue(
                rig.reports.get(0).contains("at sector " + sector + " of a device of 2048 sectors"),
                rig.reports.get(0));
        assertTrue(rig.handler.calls.stream().allMatch("open disk"::equals), rig.handler.calls::toString);
    }

    @Test
    void shouldRefuseALengthThePayloadDoesNotHave() throws IOException {
        FakeMessage message = new FakeMessage(RequestType.WRITE.wire(), 0, 0, 1024, ByteBuffer.allocate(512));
        rig.send(rig.handler, message);
        message.assertFailed(Errno.EINVAL);
    }

    @ParameterizedTest
    @EnumSource(
            value = RequestType.class,
            names = {"WRITE", "DISCARD", "WRITE_ZEROES"})
    void shouldAnswerReadOnlyWithoutCallingTheHandler(RequestType type) throws IOException {
        BlockHandler readOnlyHandler = new RecordingHandler() {
            @Override
            public boolean readOnly() {
                return true;
            }
        };
        DeviceInfo readOnlyDevice = new DeviceInfo("disk", DEVICE.size(), true);
        for (HandlerDispatcher dispatcher : List.of(
                HandlerDispatcher.open("test", rig.handler, readOnlyDevice, rig.reports::add),
                rig.open(readOnlyHandler))) {
            FakeMessage message = FakeMessage.of(type, 0, 0, 512);
            dispatcher.onMessage(message);
            message.assertFailed(Errno.EROFS);
        }
        assertEquals(List.of("open disk"), rig.handler.calls);
        assertEquals(List.of(), rig.reports, "not the daemon's fault, so not worth a line");
    }

    @Test
    void shouldRefuseMessagesAfterClose() throws IOException {
        HandlerDispatcher dispatcher = rig.open(rig.handler);
        dispatcher.close();
        dispatcher.close();
        FakeMessage message = FakeMessage.read(0, 512);
        dispatcher.onMessage(message);
        message.assertFailed(Errno.EIO);
        assertEquals(List.of("open disk", "close"), rig.handler.calls);
    }

    @Test
    void shouldNotReportWhatAHandlerHasNotGot() throws IOException {
        FakeMessage message = FakeMessage.of(RequestType.DISCARD, 0, 0, 512);
        rig.send(new LeastHandler(), message);
        message.assertFailed(Errno.EOPNOTSUPP);
        assertEquals(List.of(), rig.reports);
    }

    /** What a handler has to have and nothing else. */
    private static final class LeastHandler implements BlockHandler {
        @Override
        public void read(long offset, ByteBuffer dst) {}

        @Override
        public void write(long offset, ByteBuffer src) {}

        @Override
        public void flush() {}
    }
}
