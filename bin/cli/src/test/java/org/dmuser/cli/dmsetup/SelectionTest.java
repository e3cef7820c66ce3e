package org.dmuser.cli.dmsetup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import org.dmuser.shim.dm.DeviceInfo;
import org.dmuser.shim.service.RunDirectory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What dmsetup does with the grammar is in the script {@code selection}; this is the rest. */
class SelectionTest {
    private static final String[] PIECES = {
        "name", "minor", "open", "=", "!", "~", "=~", "(", ")", "[", "]", "{", "}", "&&", "||", ",", "#", "'", "\"",
        " ", "1", "99", ".", "%", "k", "alpha", "*", "+", "\\", "^", "$", "<", ">", "\u00e4"
    };

    private static final ReportRow ALPHA =
            ReportRow.of(new DeviceInfo("alpha", "id", 1, true, false, false, false, false, 2, 0, 1, 0));

    private static Predicate<ReportRow> parse(String text, Voice voice) {
        Arguments none = new Arguments(new EnumMap<>(Switch.class), List.of());
        Session session = new Session(none, new RunDirectory(Path.of("/nowhere")), voice);
        return Selection.parse(text, new ReportData(session), voice);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "name=alpha",
                "name=~'^a',minor=1",
                "!(name=beta)",
                "name=beta||minor>0",
                "name=~[a{1}]#name=alpha"
            })
    void shouldMeanTheDevice(String text) {
        assertTrue(parse(text, Voice.DMUSER).test(ALPHA));
    }

    @ParameterizedTest
    @ValueSource(strings = {"name=alph", "minor<1", "!(minor=1)", "name=alpha && (minor=0 || minor=2)", "name!~a"})
    void shouldNotMeanTheDevice(String text) {
        assertFalse(parse(text, Voice.DMUSER).test(ALPHA));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '@',
            quoteCharacter = '`',
            value = {
                "nothing=1@ Unrecognised selection field: nothing (at 'nothing=1');",
                "name=a,@ Expecting field name (at '');",
                "name>1@ Operator can be used only with numbers: > with name (at 'name>1');",
                "name=~*@ dm_report: failed to create regex matcher for selection field name",
            })
    void shouldSayInOneLineWhatIsWrong(String text, String problem) {
        CommandFailed failed = assertThrows(CommandFailed.class, () -> parse(text, Voice.DMUSER));
        assertEquals(1, failed.lines().size());
        assertTrue(failed.lines().get(0).startsWith("--select: " + problem), failed.lines()::toString);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void shouldBearJunk(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 5000; i++) {
            StringBuilder text = new StringBuilder();
            for (int length = random.nextInt(12); length > 0; length--) {
                text.append(PIECES[random.nextInt(PIECES.length)]);
            }
            try {
                parse(text.toString(), Voice.DMSETUP).test(ALPHA);
            } catch (CommandFailed e) {
                assertFalse(e.lines().isEmpty(), text::toString);
            }
        }
    }

    @Test
    void shouldBearAnyNumberOfConditions() {
        assertTrue(parse("name=alph||".repeat(20_000) + "minor=1", Voice.DMUSER).test(ALPHA));
        assertFalse(parse("minor=1,".repeat(20_000) + "name=alph", Voice.DMUSER).test(ALPHA));
        assertTrue(parse("(".repeat(200) + "minor=1" + ")".repeat(200), Voice.DMUSER)
                .test(ALPHA));
    }

    @Test
    void shouldRefuseParenthesesWithoutEnd() {
        for (Voice voice : Voice.values()) {
            CommandFailed failed = assertThrows(CommandFailed.class, () -> parse("!(".repeat(20_000), voice));
            assertTrue(failed.lines().get(0).endsWith("more than 200 parentheses in each other"));
        }
    }

    @Test
    void shouldMeanAllIfNothingIsSaid() {
        assertTrue(parse("", Voice.DMSETUP).test(ALPHA));
    }
}
