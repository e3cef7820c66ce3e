package org.dmuser.sdk.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteSizeTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "1, 1",
        "4096, 4096",
        "007, 7",
        "1s, 512",
        "8S, 4096",
        "1k, 1024",
        "1K, 1024",
        "64KiB, 65536",
        "64kib, 65536",
        "1m, 1048576",
        "3MiB, 3145728",
        "1G, 1073741824",
        "1GiB, 1073741824",
        "2t, 2199023255552",
        "2TiB, 2199023255552",
        "9223372036854775807, 9223372036854775807",
        "8388607t, 9223370937343148032",
        "18014398509481983s, 9223372036854775296"
    })
    void shouldReadSizes(String text, long bytes) {
        assertEquals(bytes, ByteSize.parse(text));
    }

    @ParameterizedTest
    @CsvSource({
        "'', is empty",
        "-1, is negative",
        "-1G, is negative",
        "' 1', does not begin with a number",
        "+1, does not begin with a number",
        "G, does not begin with a number",
        "0x10, 'x10' is not a unit",
        "1.5G, '.5G' is not a unit",
        "1KB, 'KB' is not a unit",
        "1Gx, 'Gx' is not a unit",
        "'1G ', 'G ' is not a unit",
        "1 G, ' G' is not a unit",
        "1GB, 'GB' is not a unit",
        "1b, 'b' is not a unit",
        "1e3, 'e3' is not a unit",
        "9223372036854775808, is too large",
        "99999999999999999999999, is too large",
        "8388608t, is too large",
        "18014398509481984s, is too large",
        "٣, does not begin with a number"
    })
    void shouldSayWhatIsWrongWithASize(String text, String complaint) {
        ConfigException e = assertThrows(ConfigException.class, () -> ByteSize.parse(text));
        assertTrue(e.getMessage().contains("'" + text + "'"), e.getMessage());
        assertTrue(e.getMessage().contains(complaint), e.getMessage());
        assertEquals(1, e.getMessage().lines().count());
    }

    @ParameterizedTest
    @ValueSource(strings = {"1s", "512", "1G", "3s"})
    void shouldTakeWholeSectorsAsADevice(String text) {
        assertEquals(ByteSize.parse(text), ByteSize.parseDevice(text));
    }

    @ParameterizedTest
    @CsvSource({
        "0, a device cannot be empty",
        "0G, a device cannot be empty",
        "1, not whole sectors",
        "513, the nearest are 1s and 2s",
        "-512, is negative"
    })
    void shouldRefuseWhatNoDeviceCanHave(String text, String complaint) {
        ConfigException e = assertThrows(ConfigException.class, () -> ByteSize.parseDevice(text));
        assertTrue(e.getMessage().contains(complaint), e.getMessage());
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0 bytes",
        "1, 1 byte",
        "512, 512 bytes",
        "1024, 1 KiB",
        "1536, 1536 bytes",
        "1048576, 1 MiB",
        "1610612736, 1536 MiB",
        "1099511627776, 1 TiB",
        "1125899906842624, 1024 TiB"
    })
    void shouldWriteSizesExactly(long bytes, String text) {
        assertEquals(text, ByteSize.format(bytes));
    }
}
