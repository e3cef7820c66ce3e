package org.dmuser.examples.backup.moment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.BitSet;
import org.junit.jupiter.api.Test;

class ChangedBlocksTest {
    private final BitSet blocks = new BitSet();

    @Test
    void shouldNameWhatHasChanged() {
        blocks.set(1);
        blocks.set(3);
        ChangedBlocks changed = ChangedBlocks.of(blocks, 1024, 3 * 1024 + 512);
        assertEquals(1024 + 512, changed.bytes());
        assertEquals(1024, changed.next(0));
        assertEquals(1500, changed.next(1500));
        assertEquals(3072, changed.next(2048));
        assertEquals(-1, changed.next(4096));
        assertFalse(changed.touches(0, 1024));
        assertTrue(changed.touches(0, 1025));
        assertTrue(changed.touches(2047, 1));
        assertFalse(changed.touches(2048, 1024));
    }

    @Test
    void shouldNameEverything() {
        ChangedBlocks all = ChangedBlocks.all(1024, 2048 + 1);
        assertEquals(2049, all.bytes());
        assertTrue(all.touches(2048, 1));
        assertEquals(0, ChangedBlocks.all(1024, 0).bytes());
    }
}
