package org.dmuser.examples.backup.moment;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WholeChunksTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "-1, -1",
        "0xF, 0xF",
        "0x1E, 0",
        "0x7FF, 0xFF",
        "0x7FFFFFFFFFFFFFFF, 0x0FFFFFFFFFFFFFFF",
        "0xF0F07BDE, 0xF0F00000"
    })
    void shouldKeepOnlyChunksOfWhichAllBlocksAreSet(String bits, String whole) {
        assertEquals(Long.decode(whole), WholeChunks.whole(Long.decode(bits)));
    }
}
