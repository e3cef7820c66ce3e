package org.dmuser.sdk.dispatch;

import static org.dmuser.sdk.dispatch.DispatchRig.DEVICE;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.stream.Stream;
import org.dmuser.channel.Errno;
import org.dmuser.channel.RequestType;
import org.dmuser.sdk.BlockException;
import org.dmuser.sdk.BlockHandler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Handlers that do wrong: each message is answered once all the same. */
class MisdeedsTest {
    private final DispatchRig rig = new DispatchRig();

    /** What a handler does wrong while it reads or writes. */
    interface Misdeed {
        void commit(ByteBuffer buffer) throws IOException;
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
                arguments(misdeed(MisdeedsTest::recurse), Errno.EIO, "StackOverflowError"),
                arguments(throwing(new NoClassDefFoundError("gone/Class")), Errno.EIO, "NoClassDefFoundError"),
                arguments(throwing(new AssertionError("no")), Errno.EIO, "AssertionError: no"),
                arguments(throwing(new IOException("two\nlines")), Errno.EIO, "IOException: two"),
                arguments(throwing(new IOException((String) null)), Errno.EIO, "with EIO: IOException"));
    }

    @ParameterizedTest
    @MethodSource("misdeeds")
    void shouldAnswerOnceWhateverAReadDoes(Misdeed misdeed, Errno errno, String report) throws IOException {
        FakeMessage message = new FakeMessage(RequestType.READ.wire(), 0, 8, 1024, ByteBuffer.allocate(2048));
        rig.send(handlerWith(misdeed), message);
        message.assertFailed(errno);
        rig.assertReported("handler test: read of 1024 bytes at offset 4096 failed with ", report);
    }

    @ParameterizedTest
    @MethodSource("misdeeds")
    void shouldAnswerOnceWhateverAWriteDoes(Misdeed misdeed, Errno errno, String report) throws IOException {
        FakeMessage message = new FakeMessage(RequestType.WRITE.wire(), 0, 8, 1024, ByteBuffer.allocate(2048));
        rig.send(handlerWith(misdeed), message);
        message.assertFailed(errno);
        rig.assertReported("handler test: write of 1024 bytes at offset 4096 failed with ", report);
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
        try (HandlerDispatcher dispatcher = rig.open(moody)) {
            dispatcher.onMessage(FakeMessage.read(0, 512));
            failing[0] = false;
            FakeMessage message = FakeMessage.read(0, 512);
            dispatcher.onMessage(message);
            message.assertSucceeded();
        }
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
}
