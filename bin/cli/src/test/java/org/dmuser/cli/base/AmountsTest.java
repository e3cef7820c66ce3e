package org.dmuser.cli.base;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AmountsTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0 bytes",
        "1, 1 byte",
        "1023, 1023 bytes",
        "1024, 1.00 KiB",
        "1048575, 1.00 MiB",
        "10234, 9.99 KiB",
        "10239, 10.0 KiB",
        "1879048192, 1.75 GiB",
        "104857600, 100 MiB",
        "9223372036854775807, 8.00 EiB"
    })
    void shouldRoundBytes(long bytes, String text) {
        assertEquals(text, Amounts.bytes(bytes));
    }

    @ParameterizedTest
    @CsvSource({"0, 0 s", "59, 59 s", "200, 3 min 20 s", "7500, 2 h 5 min"})
    void shouldSplitSeconds(long seconds, String text) {
        assertEquals(text, Amounts.seconds(seconds));
    }
}
