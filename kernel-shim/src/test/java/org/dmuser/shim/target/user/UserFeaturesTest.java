package org.dmuser.shim.target.user;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.dmuser.channel.Errno;
import org.dmuser.shim.dm.DmException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class UserFeaturesTest {
    private static UserFeatures parse(String words) throws DmException {
        return UserFeatures.parse(words.isEmpty() ? List.of() : List.of(words.split(" ")));
    }

    @Test
    void shouldReadNoneAsThoseOfDmUser() throws DmException {
        assertEquals(new UserFeatures(0, false, 0), parse(""));
        assertEquals(new UserFeatures(0, false, 0), parse("0"));
        assertEquals(new UserFeatures(0, false, 0), parse("2 on_crash error"));
    }

    @Test
    void shouldReadThemInAnyOrder() throws DmException {
        assertEquals(new UserFeatures(0, false, 5000), parse("2 request_timeout_ms 5000"));
        assertEquals(
                new UserFeatures(1, true, Integer.MAX_VALUE),
                parse("6 request_timeout_ms 2147483647 on_crash reissue no_daemon_timeout_ms 1"));
    }

    @Test
    void shouldKnowItsShortestTimeout() throws DmException {
        assertEquals(0, parse("2 on_crash reissue").shortestTimeoutMs());
        assertEquals(7, parse("2 request_timeout_ms 7").shortestTimeoutMs());
        assertEquals(8, parse("2 no_daemon_timeout_ms 8").shortestTimeoutMs());
        assertEquals(7, parse("4 request_timeout_ms 7 no_daemon_timeout_ms 8").shortestTimeoutMs());
    }

    @ParameterizedTest
    @CsvSource({
        "1 request_timeout_ms, Invalid number of feature args: \"1\"",
        "1 request_timeout_ms 5, Invalid number of feature args: \"1\"",
        "4 request_timeout_ms 5, Invalid number of feature args: \"4\"",
        "2, Invalid number of feature args: \"2\"",
        "0 request_timeout_ms 5, Invalid number of feature args: \"0\"",
        "-2 on_crash error, Invalid number of feature args: \"-2\"",
        "02 on_crash error, Invalid number of feature args: \"02\"",
        "x, Invalid number of feature args: \"x\"",
        "2 queue_if_no_path 1, Unrecognised user feature requested: \"queue_if_no_path 1\"",
        "4 on_crash error on_crash reissue, Feature given twice: on_crash",
        "2 on_crash panic, Invalid value of feature on_crash: \"panic\" is neither error nor reissue",
        "2 request_timeout_ms 0, Invalid value of feature request_timeout_ms: \"0\"",
        "2 request_timeout_ms -1, Invalid value of feature request_timeout_ms: \"-1\"",
        "2 request_timeout_ms 5s, Invalid value of feature request_timeout_ms: \"5s\"",
        "2 no_daemon_timeout_ms 2147483648, Invalid value of feature no_daemon_timeout_ms: \"2147483648\"",
        "2 no_daemon_timeout_ms 99999999999999999999, Invalid value of feature no_daemon_timeout_ms"
    })
    void shouldRefuseOthers(String words, String problem) {
        DmException refused = assertThrows(DmException.class, () -> parse(words));
        assertEquals(Errno.EINVAL, refused.errno());
        assertTrue(refused.getMessage().startsWith(problem), refused::getMessage);
    }
}
