package org.dmuser.examples.backup.tracking;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class SlotPairTest {
    private final ByteBuffer bytes = ByteBuffer.allocate(2 * SlotPair.SLOT_SIZE);

    @Test
    void shouldHaveNothingAtFirst() {
        assertTrue(new SlotPair(bytes, 0).read().isEmpty());
    }

    @Test
    void shouldHaveTheNewest() {
        for (long value = 1; value < 5; value++) {
            write(value);
            assertEquals(value, read());
        }
    }

    @Test
    void shouldHaveTheOldOrTheNewWhereverTheWriterDied() {
        write(1);
        write(2);
        byte[] before = bytes.array().clone();
        write(3);
        byte[] after = bytes.array().clone();
        for (int cut = 0; cut <= after.length; cut++) {
            bytes.put(0, after, 0, cut);
            bytes.put(cut, before, cut, before.length - cut);
            long value = read();
            assertTrue(value == 2 || value == 3, "cut at " + cut + ": " + value);
        }
        assertEquals(3, read());
    }

    private void write(long value) {
        new SlotPair(bytes, 0).write(ByteBuffer.allocate(Long.BYTES).putLong(0, value));
    }

    private long read() {
        return new SlotPair(bytes, 0)
                .read()
                .orElseThrow()
                .order(java.nio.ByteOrder.BIG_ENDIAN)
                .getLong(0);
    }
}
