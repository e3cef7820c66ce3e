package org.dmuser.shim.dm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.dmuser.channel.Errno;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TableParserTest {

    @Test
    void shouldSkipCommentsAndEmptyLinesAndCountThem() throws DmException {
        List<TableLine> lines = TableParser.parse("\n# a table\n \t 0 8 zero \n\n8 \t 8  linear\t/dev/x   0 # here\n");

        assertEquals(
                List.of(new TableLine(3, 0, 8, "zero", ""), new TableLine(5, 8, 8, "linear", "/dev/x   0")), lines);
    }

    @Test
    void shouldFindNothingInNothing() throws DmException {
        assertEquals(List.of(), TableParser.parse(" \n#\n"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0 8", "0 8 ", "08 zero", "x 8 zero", "0 x zero", "0x0 8 zero", "- 1 8 zero", "--1 8 zero"})
    void shouldRefuseALineThatIsNone(String line) {
        DmException thrown = assertThrows(DmException.class, () -> TableParser.parse("0 8 zero\n\n" + line));

        assertEquals(Errno.EINVAL, thrown.errno());
        assertEquals(
                "Invalid format on line 3 of table: \"" + line.strip()
                        + "\" is not \"<start> <length> <target type> [<arguments>]\", the numbers in decimal",
                thrown.getMessage());
    }

    @Test
    void shouldReadNumbersInDecimalAndAnySize() throws DmException {
        TableLine line = TableParser.parse("010 99999999999999999999999 zero").get(0);

        assertEquals(10, line.start());
        assertEquals(Long.MAX_VALUE, line.length());
    }

    @Test
    void shouldReadNumbersAsScanfDoes() throws DmException {
        assertEquals(List.of(new TableLine(1, 1, 8, "z", "zero")), TableParser.parse("+1 8z zero"));
        assertEquals(Long.MAX_VALUE, TableParser.parse("0 -8 zero").get(0).length());
        assertEquals(0, TableParser.parse("-0 8 zero").get(0).start());
    }

    @Test
    void shouldSplitArgumentsIntoWords() {
        assertEquals(List.of("a", "b c", "\\", "d\\"), new TableLine(1, 0, 1, "t", " a\tb\\ c  \\\\ d\\").words());
        assertEquals(List.of(), new TableLine(1, 0, 1, "t", "").words());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/a", "/with blank", "/back\\slash", "\t", "\\"})
    void shouldQuoteWordsSoThatTheyAreReadBack(String word) {
        assertEquals(List.of(word), new TableLine(1, 0, 1, "t", TableLine.quoted(word)).words());
    }
}
