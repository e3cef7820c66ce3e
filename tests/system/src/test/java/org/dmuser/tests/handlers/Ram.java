package org.dmuser.tests.handlers;

import java.nio.ByteBuffer;
import org.dmuser.sdk.BlockHandler;
import org.dmuser.sdk.DeviceInfo;

/** A small disk in an array: what the handlers here go wrong with. */
abstract class Ram implements BlockHandler {
    private ByteBuffer bytes;

    @Override
    public void open(DeviceInfo device) {
        bytes = ByteBuffer.allocate(Math.toIntExact(device.size()));
    }

    @Override
    public void read(long offset, ByteBuffer dst) {
        dst.put(range(offset, dst.remaining()));
    }

    @Override
    public void write(long offset, ByteBuffer src) {
        range(offset, src.remaining()).put(src);
    }

    @Override
    public void flush() {}

    final ByteBuffer range(long offset, long length) {
        return bytes.slice((int) offset, (int) length);
    }
}
