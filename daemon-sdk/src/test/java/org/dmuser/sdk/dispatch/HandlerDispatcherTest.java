package org.dmuser.sdk.dispatch;

import static org.dmuser.sdk.dispatch.DispatchRig.SECTORS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.stream.Stream;
import org.dmuser.channel.Errno;
import org.dmuser.channel.RequestFlags;
import org.dmuser.channel.RequestType;
import org.dmuser.sdk.BlockHandler;
import org.dmuser.sdk.DeviceInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Which calls of a handler a message becomes. */
class HandlerDispatcherTest {
    private final DispatchRig rig = new DispatchRig();

    static Stream<Arguments> calls() {
        long preflush = RequestFlags.PREFLUSH;
        long fua = RequestFlags.FUA;
        return Stream.of(
                arguments(RequestType.READ, 0L, 8L, 4096L, List.of("read 4096+4096")),
                arguments(RequestType.READ, fua | RequestFlags.RAHEAD, 0L, 512L, List.of("read 0+512")),
                arguments(RequestType.READ, 0L, 0L, 0L, List.of()),
                arguments(RequestType.READ, 0L, SECTORS, 0L, List.of()),
                arguments(RequestType.READ, 0L, SECTORS - 1, 512L, List.of("read 1048064+512")),
                arguments(RequestType.READ, 0L, 0L, SECTORS * 512, List.of("read 0+1048576")),
                arguments(RequestType.WRITE, 0L, 8L, 4096L, List.of("write 4096+4096")),
                arguments(RequestType.WRITE, 0L, 8L, 0L, List.of()),
                arguments(RequestType.WRITE, preflush, 0L, 0L, List.of("flush")),
                arguments(RequestType.WRITE, preflush | fua, 0L, 0L, List.of("flush")),
                arguments(RequestType.WRITE, preflush, 1L, 512L, List.of("flush", "write 512+512")),
                arguments(RequestType.WRITE, fua, 1L, 512L, List.of("writeFua 512+512")),
                arguments(RequestType.WRITE, preflush | fua, 1L, 512L, List.of("flush", "writeFua 512+512")),
                arguments(RequestType.FLUSH, 0L, 0L, 0L, List.of("flush")),
                arguments(RequestType.FLUSH, preflush, 0L, 0L, List.of("flush")),
                arguments(RequestType.DISCARD, 0L, 1L, 1024L, List.of("discard 512+1024")),
                arguments(RequestType.DISCARD, preflush | fua, 1L, 512L, List.of("flush", "discard 512+512", "flush")),
                arguments(RequestType.DISCARD, 0L, 1L, 0L, List.of()),
                arguments(RequestType.WRITE_ZEROES, 0L, 1L, 1024L, List.of("writeZeroes 512+1024")),
                arguments(RequestType.WRITE_ZEROES, fua, 1L, 512L, List.of("writeZeroes 512+512", "flush")),
                arguments(
                        RequestType.WRITE_ZEROES,
                        RequestFlags.NOUNMAP,
                        1L,
                        65536L + 512,
                        List.of("write 512+65536", "write 66048+512")));
    }

    @ParameterizedTest
    @MethodSource("calls")
    void shouldCallTheHandler(RequestType type, long flags, long sector, long length, List<String> calls)
            throws IOException {
        FakeMessage message = FakeMessage.of(type, flags, sector, length);
        rig.send(rig.handler, message);
        message.assertSucceeded();
        assertEquals(calls, rig.handler.calls.subList(1, rig.handler.calls.size()));
        assertEquals(List.of(), rig.reports);
    }

    @Test
    void shouldGiveTheHandlerAFreshBuffer() throws IOException {
        ByteBuffer payload = ByteBuffer.allocate(4096).order(ByteOrder.LITTLE_ENDIAN);
        payload.position(100).limit(200);
        BlockHandler checking = new RecordingHandler() {
            @Override
            public void write(long offset, ByteBuffer src) throws IOException {
                assertEquals(0, src.position());
                assertEquals(512, src.limit());
                assertEquals(ByteOrder.BIG_ENDIAN, src.order());
                super.write(offset, src);
            }
        };
        FakeMessage message = new FakeMessage(RequestType.WRITE.wire(), 0, 0, 512, payload);
        rig.send(checking, message);
        message.assertSucceeded();
    }

    @Test
    void shouldReadAndFlushWhatIsReadOnly() throws IOException {
        try (HandlerDispatcher dispatcher =
                HandlerDispatcher.open("test", rig.handler, new DeviceInfo("disk", 512, true), rig.reports::add)) {
            FakeMessage read = FakeMessage.read(0, 512);
            FakeMessage flush = FakeMessage.of(RequestType.WRITE, RequestFlags.PREFLUSH, 0, 0);
            dispatcher.onMessage(read);
            dispatcher.onMessage(flush);
            read.assertSucceeded();
            flush.assertSucceeded();
        }
        assertEquals(List.of("open disk", "read 0+512", "flush", "close"), rig.handler.calls);
    }

    @Test
    void shouldNotWriteWhenTheFlushBeforeItFails() throws IOException {
        BlockHandler flushless = new RecordingHandler() {
            @Override
            public void flush() throws IOException {
                throw new IOException("no");
            }

            @Override
            public void write(long offset, ByteBuffer src) {
                throw new AssertionError("written all the same");
            }
        };
        FakeMessage message = FakeMessage.of(RequestType.WRITE, RequestFlags.PREFLUSH, 0, 512);
        rig.send(flushless, message);
        message.assertFailed(Errno.EIO);
        rig.assertReported("write of 512 bytes at offset 0", "IOException: no");
    }
}
