package org.dmuser.sdk.daemon;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.dmuser.sdk.BlockHandler;
import org.dmuser.sdk.DeviceInfo;

/** Writes down its life, and hangs if it is told to. */
class TestHandler implements BlockHandler {
    final List<String> calls = new CopyOnWriteArrayList<>();
    private final CountDownLatch inside = new CountDownLatch(1);
    private volatile CountDownLatch blocker = new CountDownLatch(0);
    private volatile Thread caller;

    CountDownLatch blockFlush() {
        blocker = new CountDownLatch(1);
        return blocker;
    }

    /** The thread that was last in a flush. */
    Thread caller() {
        return caller;
    }

    void awaitInside() throws InterruptedException {
        assertTrue(inside.await(120, TimeUnit.SECONDS));
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
