package org.dmuser.shim.target;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.util.List;
import org.dmuser.channel.Errno;
import org.dmuser.shim.bio.Bio;
import org.dmuser.shim.dm.DmException;
import org.dmuser.shim.dm.TargetContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArgumentsTest {
    private final TargetContext context = mock(TargetContext.class);

    private Arguments arguments(String... words) {
        return new Arguments(context, List.of(words));
    }

    private static void assertInvalid(String message, Executable read) {
        DmException thrown = assertThrows(DmException.class, read);
        assertEquals(message, thrown.getMessage());
        assertEquals(Errno.EINVAL, thrown.errno());
    }

    @Test
    void shouldReadWordsInOrder() throws DmException {
        Arguments arguments = arguments("/dev/x", "7", "4294967295");

        assertEquals("/dev/x", arguments.word("Bad word"));
        assertEquals(7, arguments.number(7, 7, "Bad number"));
        assertEquals(Arguments.UINT_MAX, arguments.number(0, Arguments.UINT_MAX, "Bad number"));

        assertEquals(0, arguments.left());
        assertInvalid("Bad word: there is no more argument", () -> arguments.word("Bad word"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "-1", "+1", "0x1", "1k", "1 ", "", "0", "10", "18446744073709551617", "\u0661"})
    void shouldRefuseNumbersThatAreNone(String word) {
        assertInvalid(
                "Bad number: \"" + word + "\" is not a number from 1 to 9",
                () -> arguments(word).number(1, 9, "Bad number"));
    }

    @Test
    void shouldTakeSectorsThatLeaveRoomForTheTarget() throws DmException {
        when(context.length()).thenReturn(8L);
        long last = Bio.SECTORS_MAX - 8;

        assertEquals(last, arguments("" + last).sector("Bad sector"));
        assertInvalid(
                "Bad sector: offset " + (last + 1) + " and length 8 reach past sector " + Bio.SECTORS_MAX,
                () -> arguments("" + (last + 1)).sector("Bad sector"));
    }

    @Test
    void shouldReadAGroupAndThenWhatIsBehindIt() throws DmException {
        Arguments arguments = arguments("2", "a", "b", "c");

        Arguments group = arguments.group(2, "Bad group");

        assertEquals(2, group.left());
        assertEquals("a", group.word("Bad word"));
        assertEquals("b", group.word("Bad word"));
        assertInvalid("Bad word: there is no more argument", () -> group.word("Bad word"));
        assertEquals("c", arguments.word("Bad word"));
    }

    @Test
    void shouldRefuseGroupsThatAreNone() {
        assertInvalid(
                "Bad group: 3 are announced, 2 follow",
                () -> arguments("3", "a", "b").group(4, "Bad group"));
        assertInvalid(
                "Bad group: \"3\" is not a number from 0 to 2",
                () -> arguments("3", "a", "b", "c").group(2, "Bad group"));
        assertInvalid("Bad group: there is no more argument", () -> arguments().group(2, "Bad group"));
    }
}
