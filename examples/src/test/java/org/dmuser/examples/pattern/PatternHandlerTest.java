package org.dmuser.examples.pattern;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import org.dmuser.channel.Errno;
import org.dmuser.sdk.BlockException;
import org.dmuser.sdk.ThreadModel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PatternHandlerTest {
    private final PatternHandler handler = new PatternHandler();

    @ParameterizedTest
    @ValueSource(longs = {0, 512, 1L << 32, (1L << 60) + 512})
    void shouldHoldItsOwnOffset(long offset) {
        ByteBuffer read = ByteBuffer.allocateDirect(4096);
        handler.read(offset, read);
        assertFalse(read.hasRemaining());
        for (int i = 0; i < 4096; i += 8) {
            assertEquals(offset + i, read.getLong(i));
        }
    }

    @Test
    void shouldBeReadOnlyForAnyNumberOfThreads() {
        assertTrue(handler.readOnly());
        assertEquals(ThreadModel.PARALLEL, handler.threadModel());
        assertEquals(
                Errno.EROFS,
                assertThrows(BlockException.class, () -> handler.write(0, ByteBuffer.allocate(512)))
                        .errno());
    }
}
