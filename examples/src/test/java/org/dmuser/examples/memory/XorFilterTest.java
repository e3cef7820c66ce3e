package org.dmuser.examples.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.dmuser.channel.Errno;
import org.dmuser.examples.DiskModel;
import org.dmuser.sdk.BlockException;
import org.dmuser.sdk.BlockHandler;
import org.dmuser.sdk.DeviceInfo;
import org.dmuser.sdk.filter.FilterBlockHandler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A filter that changes data has to override two methods, and none of the data gets past it. */
class XorFilterTest {
    private static final int SIZE = 3 << 20;
    private static final byte KEY = 0x5a;

    @TempDir
    private Path directory;

    private MemoryHandler memory;
    private BlockHandler xor;

    private record Xor(BlockHandler next) implements FilterBlockHandler {
        @Override
        public void read(long offset, ByteBuffer dst) throws IOException {
            next.read(offset, dst);
            for (int i = 0; i < dst.limit(); i++) {
                dst.put(i, (byte) (dst.get(i) ^ KEY));
            }
        }

        @Override
        public void write(long offset, ByteBuffer src) throws IOException {
            ByteBuffer changed = ByteBuffer.allocate(src.remaining());
            while (src.hasRemaining()) {
                changed.put((byte) (src.get() ^ KEY));
            }
            next.write(offset, changed.flip());
        }
    }

    @BeforeEach
    void open() throws IOException {
        memory = new MemoryHandler(new TmpfsMemory(directory));
        xor = new Xor(memory);
        xor.open(new DeviceInfo("disk", SIZE, false));
    }

    @AfterEach
    void close() throws IOException {
        xor.close();
    }

    @Test
    void shouldReadBackWhatWasWrittenInAnyWay() throws IOException {
        xor.writeZeroes(0, SIZE);
        new DiskModel(SIZE, 42).run(xor, 200, false);
    }

    @Test
    void shouldChangeDurableWrites() throws IOException {
        xor.writeFua(4096, ByteBuffer.allocate(512).put(0, (byte) 1));
        assertEquals(1 ^ KEY, behind(4096));
        assertEquals(1, inFront(4096));
    }

    @Test
    void shouldChangeZeroes() throws IOException {
        xor.writeZeroes(1 << 20, 1 << 20);
        assertEquals(KEY, behind((2 << 20) - 512));
        assertEquals(0, inFront((2 << 20) - 512));
    }

    @Test
    void shouldNotDiscardToWhatWouldNotBeZeroes() throws IOException {
        xor.write(0, ByteBuffer.allocate(512).put(0, (byte) 1));
        BlockException e = assertThrows(BlockException.class, () -> xor.discard(0, 512));
        assertEquals(Errno.EOPNOTSUPP, e.errno());
        assertEquals(1, inFront(0));
    }

    private byte behind(long offset) throws IOException {
        return firstByte(memory, offset);
    }

    private byte inFront(long offset) throws IOException {
        return firstByte(xor, offset);
    }

    private static byte firstByte(BlockHandler handler, long offset) throws IOException {
        ByteBuffer sector = ByteBuffer.allocate(512);
        handler.read(offset, sector);
        return sector.get(0);
    }
}
