package org.dmuser.sdk.dispatch;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.dmuser.sdk.BlockHandler;
import org.dmuser.sdk.DeviceInfo;

/** Uses its buffers up and writes down what it was called for. */
class RecordingHandler implements BlockHandler {
    final List<String> calls = new CopyOnWriteArrayList<>();

    @Override
    public void open(DeviceInfo device) throws IOException {
        calls.add("open " + device.name());
    }

    @Override
    public void read(long offset, ByteBuffer dst) throws IOException {
        calls.add("read " + offset + "+" + dst.remaining());
        dst.position(dst.limit());
    }

    @Override
    public void write(long offset, ByteBuffer src) throws IOException {
        calls.add("write " + offset + "+" + src.remaining());
        src.position(src.limit());
    }

    @Override
    public void writeFua(long offset, ByteBuffer src) throws IOException {
        calls.add("writeFua " + offset + "+" + src.remaining());
        src.position(src.limit());
    }

    @Override
    public void flush() throws IOException {
        calls.add("flush");
    }

    @Override
    public void discard(long offset, long length) throws IOException {
        calls.add("discard " + offset + "+" + length);
    }

    @Override
    public void writeZeroes(long offset, long length) throws IOException {
        calls.add("writeZeroes " + offset + "+" + length);
    }

    @Override
    public void close() throws IOException {
        calls.add("close");
    }
}
