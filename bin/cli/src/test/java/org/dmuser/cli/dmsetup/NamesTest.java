package org.dmuser.cli.dmsetup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Names with unusual characters, and names that LVM has made. */
class NamesTest {
    @ParameterizedTest
    @CsvSource({"plain-1_a.b:c@d=e#f+g, plain-1_a.b:c@d=e#f+g", "a b, a\\x20b", "(ü), \\x28\\xc3\\xbc\\x29"})
    void shouldComeBackWhenMangled(String plain, String mangled) {
        assertEquals(mangled, Mangling.AUTO.mangled("name", plain));
        assertEquals(mangled, Mangling.AUTO.mangled("name", mangled));
        assertEquals(plain, Mangling.AUTO.plain(mangled));
    }

    @Test
    void shouldMangleEverythingOrNothingIfToldTo() {
        assertEquals("a\\x5cx20", Mangling.HEX.mangled("name", "a\\x20"));
        assertEquals("a b\\", Mangling.NONE.mangled("name", "a b\\"));
        assertEquals("a\\x20", Mangling.NONE.plain("a\\x20"));
        assertEquals("a\\x2", Mangling.AUTO.plain("a\\x2"));
    }

    @Test
    void shouldRefuseWhatIsHalfMangled() {
        assertThrows(CommandFailed.class, () -> Mangling.AUTO.mangled("name", "a\\x20 b"));
        assertThrows(CommandFailed.class, () -> Mangling.of("odd"));
    }

    @ParameterizedTest
    @CsvSource({
        "vg-lv, vg, lv, ''",
        "vg--1-lv--2-layer, vg-1, lv-2, layer",
        "a, a, '', ''",
        "a-b-c-d, a, b, c",
        "a---b, a-, b, ''",
    })
    void shouldTakeNamesOfLvmApart(String name, String group, String volume, String layer) {
        assertEquals(new SplitName("LVM", group, volume, layer), SplitName.of("LVM", name, true));
        assertEquals(new SplitName("LVM", group, volume, layer), SplitName.of(name, "LVM-x"));
        assertEquals(new SplitName("other", "", "", ""), SplitName.of(name, "other-x"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "0x10", "1.5", "99999999999999999999"})
    void shouldFindNoNumber(String text) {
        assertEquals(0, Numbers.unsigned(text).orElse(0));
    }

    @Test
    void shouldReadNumbersAsTheLibraryDoes() {
        assertEquals(-1, Numbers.unsigned("-1").orElseThrow());
        assertEquals(12, Numbers.leading(" 12x"));
        assertEquals(0, Numbers.leading("x12"));
        assertEquals(-3, Numbers.leading("-3"));
    }
}
