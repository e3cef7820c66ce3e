package org.dmuser.sdk.dispatch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.dmuser.channel.Errno;
import org.dmuser.channel.RequestFlags;
import org.dmuser.channel.RequestType;
import org.dmuser.sdk.BlockException;
import org.dmuser.sdk.BlockHandler;
import org.dmuser.sdk.DeviceInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class HandlerDispatcherTest {
    private static final long SECTORS = 2048;
    private static final DeviceInfo DEVICE = new DeviceInfo("disk", SECTORS * 512, false);

    private final RecordingHandler handler = new RecordingHandler();
    private final List<String> reports = new CopyOnWriteArrayList<>();

    /** What a handler does wrong while it reads or writes. */
    interface Misdeed {
        void commit(ByteBuffer buffer) throws IOException;
    }

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
        send(handler, message);
        message.assertSucceeded();
        assertEquals(calls, handler.calls.subList(1, handler.calls.size()));
        assertEquals(List.of(), reports);
    }

    @ParameterizedTest
    @EnumSource(
            value = RequestType.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"READ", "WRITE", "FLUSH", "DISCARD", "WRITE_ZEROES"})
    void shouldAnswerUnsupportedToWhatHandlersDoNotKnow(RequestType type) throws IOException {
        FakeMessage message = FakeMessage.of(type, 0, 0, 512);
        send(handler, message);
        message.assertFailed(Errno.EOPNOTSUPP);
        assertEquals(List.of("open disk"), handler.calls);
    }

    @ParameterizedTest
    @ValueSource(longs = {13, -1, Long.MAX_VALUE, Long.MIN_VALUE, 1L << 32})
    void shouldAnswerUnsupportedToUnknownTypes(long type) throws IOException {
        FakeMessage message = new FakeMessage(type, 0, 0, 512, ByteBuffer.allocate(512));
        send(handler, message);
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
            send(handler, message);
            message.assertFailed(errno);
        }
        assertEquals(4, reports.size());
        assertTrue(reports.get(0).contains("at sector " + sector + " of a device of 2048 sectors"), reports.get(0));
        assertTrue(handler.calls.stream().allMatch("open disk"::equals), handler.calls::toString);
    }

    @Test
    void shouldRefuseALengthThePayloadDoesNotHave() throws IOException {
        FakeMessage message = new FakeMessage(RequestType.WRITE.wire(), 0, 0, 1024, ByteBuffer.allocate(512));
        send(handler, message);
        message.assertFailed(Errno.EINVAL);
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
        send(checking, message);
        message.assertSucceeded();
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
                HandlerDispatcher.open("test", handler, readOnlyDevice, reports::add),
                HandlerDispatcher.open("test", readOnlyHandler, DEVICE, reports::add))) {
            FakeMessage message = FakeMessage.of(type, 0, 0, 512);
            dispatcher.onMessage(message);
            message.assertFailed(Errno.EROFS);
        }
        assertEquals(List.of("open disk"), handler.calls);
        assertEquals(List.of(), reports, "not the daemon's fault, so not worth a line");
    }

    @Test
    void shouldReadAndFlushWhatIsReadOnly() throws IOException {
        try (HandlerDispatcher dispatcher =
                HandlerDispatcher.open("test", handler, new DeviceInfo("disk", 512, true), reports::add)) {
            FakeMessage read = FakeMessage.read(0, 512);
            FakeMessage flush = FakeMessage.of(RequestType.WRITE, RequestFlags.PREFLUSH, 0, 0);
            dispatcher.onMessage(read);
            dispatcher.onMessage(flush);
            read.assertSucceeded();
            flush.assertSucceeded();
        }
        assertEquals(List.of("open disk", "read 0+512", "flush", "close"), handler.calls);
    }

    static Stream<Arguments> misdeeds() {
        return Stream.of(
                arguments(misdeed(buffer -> {}), Errno.EIO, "left 1024 of 1024 bytes"),
                arguments(misdeed(buffer -> buffer.position(1000)), Errno.EIO, "left 24 of 1024 bytes"),
                arguments(misdeed(buffer -> buffer.position(512).limit(512)), Errno.EIO, "left 512 of 1024 bytes"),
                arguments(
                        misdeed(buffer -> buffer.clear().position(buffer.capacity())),
                        Errno.EIO,
                        "changed the limit of its buffer"),
                arguments(throwing(new IOException("disk on fire")), Errno.EIO, "IOException: disk on fire"),
                arguments(throwing(new BlockException(Errno.ENOSPC, "all gone")), Errno.ENOSPC, "ENOSPC: all gone"),
                arguments(throwing(new IllegalStateException("oops")), Errno.EIO, "IllegalStateException: oops at "),
                arguments(throwing(new UnsupportedOperationException()), Errno.EOPNOTSUPP, "EOPNOTSUPP: Unsupp"),
                arguments(misdeed(buffer -> buffer.asReadOnlyBuffer().put((byte) 1)), Errno.EIO, "ReadOnlyBufferExcep"),
                arguments(throwing(new OutOfMemoryError("heap")), Errno.EIO, "OutOfMemoryError: heap"),
                arguments(misdeed(HandlerDispatcherTest::recurse), Errno.EIO, "StackOverflowError"),
                arguments(throwing(new NoClassDefFoundError("gone/Class")), Errno.EIO, "NoClassDefFoundError"),
                arguments(throwing(new AssertionError("no")), Errno.EIO, "AssertionError: no"),
                arguments(throwing(new IOException("two\nlines")), Errno.EIO, "IOException: two"),
                arguments(throwing(new IOException((String) null)), Errno.EIO, "with EIO: IOException"));
    }

    @ParameterizedTest
    @MethodSource("misdeeds")
    void shouldAnswerOnceWhateverAReadDoes(Misdeed misdeed, Errno errno, String report) throws IOException {
        FakeMessage message = new FakeMessage(RequestType.READ.wire(), 0, 8, 1024, ByteBuffer.allocate(2048));
        send(handlerWith(misdeed), message);
        message.assertFailed(errno);
        assertReported("handler test: read of 1024 bytes at offset 4096 failed with ", report);
    }

    @ParameterizedTest
    @MethodSource("misdeeds")
    void shouldAnswerOnceWhateverAWriteDoes(Misdeed misdeed, Errno errno, String report) throws IOException {
        FakeMessage message = new FakeMessage(RequestType.WRITE.wire(), 0, 8, 1024, ByteBuffer.allocate(2048));
        send(handlerWith(misdeed), message);
        message.assertFailed(errno);
        assertReported("handler test: write of 1024 bytes at offset 4096 failed with ", report);
    }

    @Test
    void shouldGoOnAfterAnError() throws IOException {
        boolean[] failing = {true};
        BlockHandler moody = handlerWith(buffer -> {
            if (failing[0]) {
                throw new OutOfMemoryError();
            }
            buffer.position(buffer.limit());
        });
        try (HandlerDispatcher dispatcher = HandlerDispatcher.open("test", moody, DEVICE, reports::add)) {
            dispatcher.onMessage(FakeMessage.read(0, 512));
            failing[0] = false;
            FakeMessage message = FakeMessage.read(0, 512);
            dispatcher.onMessage(message);
            message.assertSucceeded();
        }
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
        send(flushless, message);
        message.assertFailed(Errno.EIO);
        assertReported("write of 512 bytes at offset 0", "IOException: no");
    }

    @Test
    void shouldNotReportWhatAHandlerHasNotGot() throws IOException {
        FakeMessage message = FakeMessage.of(RequestType.DISCARD, 0, 0, 512);
        send(new LeastHandler(), message);
        message.assertFailed(Errno.EOPNOTSUPP);
        assertEquals(List.of(), reports);
    }

    @Test
    void shouldAnswerEvenIfTheLogIsBroken() throws IOException {
        FakeMessage message = FakeMessage.read(0, 512);
        try (HandlerDispatcher dispatcher =
                HandlerDispatcher.open("test", handlerWith(throwing(new IOException("x"))), DEVICE, line -> {
                    throw new IllegalStateException("log full");
                })) {
            dispatcher.onMessage(message);
        }
        message.assertFailed(Errno.EIO);
    }

    @Test
    void shouldRefuseMessagesAfterClose() throws IOException {
        HandlerDispatcher dispatcher = HandlerDispatcher.open("test", handler, DEVICE, reports::add);
        dispatcher.close();
        dispatcher.close();
        FakeMessage message = FakeMessage.read(0, 512);
        dispatcher.onMessage(message);
        message.assertFailed(Errno.EIO);
        assertEquals(List.of("open disk", "close"), handler.calls);
    }

    @Test
    void shouldCloseAHandlerThatIsTooSmall() {
        RecordingHandler small = new RecordingHandler() {
            @Override
            public long size() {
                return 1 << 19;
            }
        };
        IOException e =
                assertThrows(IOException.class, () -> HandlerDispatcher.open("small", small, DEVICE, reports::add));
        assertEquals(
                "handler small cannot serve device disk: it holds 512 KiB, and the device has 1 MiB", e.getMessage());
        assertEquals(List.of("close"), small.calls);
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 1 << 20, 1 << 21})
    void shouldTakeAHandlerThatIsLargeEnough(long size) throws IOException {
        HandlerDispatcher.open(
                        "test",
                        new RecordingHandler() {
                            @Override
                            public long size() {
                                return size;
                            }
                        },
                        DEVICE,
                        reports::add)
                .close();
    }

    @Test
    void shouldCloseAHandlerWhoseOpenFails() {
        RecordingHandler closed = new RecordingHandler() {
            @Override
            public void open(DeviceInfo device) {
                throw new IllegalArgumentException("not today");
            }
        };
        IOException e =
                assertThrows(IOException.class, () -> HandlerDispatcher.open("t", closed, DEVICE, reports::add));
        assertTrue(
                e.getMessage().startsWith("handler t cannot serve device disk: IllegalArgumentException: not today"));
        assertEquals(List.of("close"), closed.calls);
    }

    @Test
    void shouldNameAHandlerWhoseCloseFails() throws IOException {
        HandlerDispatcher dispatcher = HandlerDispatcher.open(
                "t",
                new RecordingHandler() {
                    @Override
                    public void close() throws IOException {
                        throw new IOException("stuck");
                    }
                },
                DEVICE,
                reports::add);
        IOException e = assertThrows(IOException.class, dispatcher::close);
        assertEquals("handler t failed to close: IOException: stuck", e.getMessage());
    }

    private void send(BlockHandler target, FakeMessage message) throws IOException {
        HandlerDispatcher.open("test", target, DEVICE, reports::add).onMessage(message);
    }

    private void assertReported(String... parts) {
        assertEquals(1, reports.size(), reports::toString);
        assertEquals(1, reports.get(0).lines().count(), reports::toString);
        for (String part : parts) {
            assertTrue(reports.get(0).contains(part), reports::toString);
        }
    }

    private static Misdeed misdeed(Misdeed misdeed) {
        return misdeed;
    }

    private static Misdeed throwing(Throwable failure) {
        return buffer -> {
            if (failure instanceof IOException e) {
                throw e;
            }
            if (failure instanceof RuntimeException e) {
                throw e;
            }
            throw (Error) failure;
        };
    }

    private static void recurse(ByteBuffer buffer) {
        buffer.position(0);
        recurse(buffer);
        buffer.position(1);
    }

    private static BlockHandler handlerWith(Misdeed misdeed) {
        return new RecordingHandler() {
            @Override
            public void read(long offset, ByteBuffer dst) throws IOException {
                misdeed.commit(dst);
            }

            @Override
            public void write(long offset, ByteBuffer src) throws IOException {
                misdeed.commit(src);
            }
        };
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
