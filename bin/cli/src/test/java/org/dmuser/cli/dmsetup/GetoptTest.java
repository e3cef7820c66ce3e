package org.dmuser.cli.dmsetup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GetoptTest {
    private static Arguments parse(String words) {
        return Getopt.parse(List.of(words.split(" ")));
    }

    @Test
    void shouldFindOptionsAnywhere() {
        Arguments arguments = parse("-c info --noheadings a -o name b");

        assertEquals(List.of("info", "a", "b"), arguments.words());
        assertEquals(Map.of(Switch.COLUMNS, "", Switch.NOHEADINGS, "", Switch.OPTIONS, "name"), arguments.switches());
    }

    @Test
    void shouldTakeOptionsJoinedShortenedAndWithTheirValues() {
        Arguments arguments = parse("-cvoname --uuid=a=b --noh -j252 -m 7 --sort -name");

        assertEquals(List.of(), arguments.words());
        assertEquals("name", arguments.value(Switch.OPTIONS));
        assertEquals("a=b", arguments.value(Switch.UUID));
        assertEquals("252", arguments.value(Switch.MAJOR));
        assertEquals("7", arguments.value(Switch.MINOR));
        assertEquals("-name", arguments.value(Switch.SORT));
        assertTrue(arguments.has(Switch.VERBOSE) && arguments.has(Switch.NOHEADINGS));
    }

    @Test
    void shouldTakeEverythingBehindTwoDashesAsWords() {
        assertEquals(
                List.of("message", "a", "-1", "--x", "--"),
                parse("message -- a -1 --x --").words());
        assertEquals(List.of("-"), parse("-").words());
    }

    @ParameterizedTest
    @CsvSource({
        "--nonsense, dmsetup: unrecognized option '--nonsense'",
        "-Z, dmsetup: invalid option -- 'Z'",
        "-u, dmsetup: option requires an argument -- 'u'",
        "-cu, dmsetup: option requires an argument -- 'u'",
        "--table, dmsetup: option '--table' requires an argument",
        "--tree=x, dmsetup: option '--tree' doesn't allow an argument",
        "--noo=1, dmsetup: option '--noopencount' doesn't allow an argument",
        "--udev, dmsetup: option '--udevcookie' requires an argument",
        "--re, dmsetup: option '--re' is ambiguous; possibilities: '--readonly' '--retry' '--readahead'",
    })
    void shouldSayWhatIsWrong(String words, String problem) {
        CommandFailed failed = assertThrows(CommandFailed.class, () -> parse(words));

        assertTrue(failed.isUsage());
        assertEquals(List.of(problem.replace("''", "'")), failed.lines());
    }
}
