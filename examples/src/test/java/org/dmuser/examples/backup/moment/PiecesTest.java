package org.dmuser.examples.backup.moment;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.BitSet;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PiecesTest {
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void shouldNameThePiecesThatARangeTouches(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 1000; i++) {
            long chunk = (long) random.nextInt(1000) * Pieces.CHUNK;
            int from = random.nextInt(Pieces.CHUNK);
            int to = from + 1 + random.nextInt(Pieces.CHUNK - from);
            BitSet expected = new BitSet();
            expected.set(from / 4096, (to + 4095) / 4096);
            assertEquals(expected, BitSet.valueOf(new long[] {Pieces.touched(chunk + from, chunk + to)}));
        }
        assertEquals(-1, Pieces.touched(Pieces.CHUNK, 2L * Pieces.CHUNK));
        assertEquals(1L << 63, Pieces.touched(Pieces.CHUNK - 1, Pieces.CHUNK));
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void shouldComeToAllRunsOneAfterAnother(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 1000; i++) {
            long pieces = random.nextLong() | random.nextLong() & random.nextLong() << random.nextInt(64);
            long met = 0;
            for (long left = pieces; left != 0; left = Pieces.withoutRun(left)) {
                int first = Long.numberOfTrailingZeros(left);
                BitSet run = new BitSet();
                run.set(first, first + Pieces.run(left));
                assertEquals(0, met & run.toLongArray()[0]);
                met |= run.toLongArray()[0];
            }
            assertEquals(pieces, met);
        }
        assertEquals(64, Pieces.run(-1));
        assertEquals(0, Pieces.withoutRun(-1));
    }

    @Test
    void shouldNameThePiecesOfBlocks() {
        assertEquals(0xFFFF_0000_0000_FFFFL, Pieces.ofBlocks(0b1001));
        assertEquals(0x0000_FFFF_FFFF_0000L, Pieces.ofBlocks(0b0110));
        assertEquals(-1, Pieces.ofBlocks(-1));
    }
}
