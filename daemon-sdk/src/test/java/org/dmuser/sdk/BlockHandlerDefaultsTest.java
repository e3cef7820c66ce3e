package org.dmuser.sdk;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.dmuser.channel.Errno;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BlockHandlerDefaultsTest {
    private final Least handler = new Least();

    @ParameterizedTest
    @ValueSource(ints = {512, 65536, 65536 + 512, 3 * 65536, 1 << 20})
    void shouldWriteZeroesOverTheRangeAndNothingElse(int length) throws IOException {
        Arrays.fill(handler.data, (byte) 7);
        handler.writeZeroes(1024, length);
        byte[] expected = new byte[handler.data.length];
        Arrays.fill(expected, (byte) 7);
        Arrays.fill(expected, 1024, 1024 + length, (byte) 0);
        assertArrayEquals(expected, handler.data);
        assertTrue(handler.longest <= Zeroes.PIECE_MAX);
    }

    @Test
    void shouldWriteZeroesInsideAWriteOfZeroes() throws IOException {
        Least inner = new Least();
        BlockHandler outer = new Least() {
            @Override
            public void write(long offset, ByteBuffer src) throws IOException {
                inner.writeZeroes(offset, 512);
                super.write(offset, src);
            }
        };
        Arrays.fill(inner.data, (byte) 7);
        outer.writeZeroes(0, 2 * 65536);
        assertEquals(0, inner.data[511]);
        assertEquals(7, inner.data[512]);
        assertEquals(0, inner.data[65536]);
    }

    @Test
    void shouldFailZeroesThatWereNotUsedUp() {
        BlockHandler short1 = new Least() {
            @Override
            public void write(long offset, ByteBuffer src) {
                src.position(100);
            }
        };
        BlockException e = assertThrows(BlockException.class, () -> short1.writeZeroes(512, 512));
        assertEquals(Errno.EIO, e.errno());
        assertEquals("write at offset 512 left 412 of 512 zeros unwritten", e.getMessage());
    }

    @Test
    void shouldHandOutZerosThatCannotBeChanged() {
        BlockHandler scribbler = new Least() {
            @Override
            public void write(long offset, ByteBuffer src) {
                src.put(0, (byte) 1);
            }
        };
        assertThrows(java.nio.ReadOnlyBufferException.class, () -> scribbler.writeZeroes(0, 512));
    }

    @Test
    void shouldFlushAfterADurableWrite() throws IOException {
        handler.writeFua(0, ByteBuffer.allocate(512));
        assertEquals(List.of("write", "flush"), handler.calls);
    }

    @Test
    void shouldNotSupportDiscard() {
        BlockException e = assertThrows(BlockException.class, () -> handler.discard(0, 512));
        assertEquals(Errno.EOPNOTSUPP, e.errno());
    }

    @Test
    void shouldBeSerialWritableAndOfAnySize() {
        assertEquals(ThreadModel.SERIAL, handler.threadModel());
        assertEquals(Handler.ANY_SIZE, handler.size());
        assertEquals(false, handler.readOnly());
    }

    @Test
    void shouldNotMeanSuccessByAnException() {
        assertThrows(IllegalArgumentException.class, () -> new BlockException(Errno.OK, "fine"));
    }

    @ParameterizedTest
    @ValueSource(longs = {-512, 1, 513})
    void shouldHaveDevicesOfWholeSectors(long size) {
        assertThrows(IllegalArgumentException.class, () -> new DeviceInfo("d", size, false));
    }

    private static class Least implements BlockHandler {
        final byte[] data = new byte[2 << 20];
        final List<String> calls = new ArrayList<>();
        int longest;

        @Override
        public void read(long offset, ByteBuffer dst) {
            dst.put(data, (int) offset, dst.remaining());
        }

        @Override
        public void write(long offset, ByteBuffer src) throws IOException {
            calls.add("write");
            longest = Math.max(longest, src.remaining());
            src.get(data, (int) offset, src.remaining());
        }

        @Override
        public void flush() {
            calls.add("flush");
        }
    }
}
