package org.dmuser.shim.target.user;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.dmuser.channel.Errno;
import org.dmuser.shim.dm.DmException;

/**
 * What a {@code user} target does about daemons that are absent, dead or slow: the words behind its three arguments,
 * {@code [<#feature args> [no_daemon_timeout_ms <n>] [on_crash error|reissue] [request_timeout_ms <n>]]}.
 *
 * @param noDaemonTimeoutMs how long requests wait where there is no daemon; 0 for ever
 * @param reissue whether what a daemon had begun when it died is given to the next, instead of failing
 * @param requestTimeoutMs how long a daemon may take to answer; 0 for ever
 */
record UserFeatures(long noDaemonTimeoutMs, boolean reissue, long requestTimeoutMs) {
    private static final String NO_DAEMON_TIMEOUT = "no_daemon_timeout_ms";
    private static final String ON_CRASH = "on_crash";
    private static final String REQUEST_TIMEOUT = "request_timeout_ms";

    private static final String POSSIBLE =
            NO_DAEMON_TIMEOUT + " <n>, " + ON_CRASH + " error|reissue, " + REQUEST_TIMEOUT + " <n>";

    /** Beyond that, for ever is meant. */
    private static final int TIMEOUT_MAX_MS = Integer.MAX_VALUE;

    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,10}");

    /** As in dm-user: without end, and without mercy. */
    static final UserFeatures NONE = new UserFeatures(0, false, 0);

    /** Reads the words behind the arguments, of which there may be none. */
    static UserFeatures parse(List<String> words) throws DmException {
        if (words.isEmpty()) {
            return NONE;
        }
        String count = words.get(0);
        List<String> pairs = words.subList(1, words.size());
        if (!count.equals(Integer.toString(pairs.size())) || pairs.size() % 2 != 0) {
            throw invalid("Invalid number of feature args: \"" + count + "\" says how many words follow, which are "
                    + pairs.size() + ", two for each of " + POSSIBLE);
        }
        UserFeatures features = NONE;
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < pairs.size(); i += 2) {
            if (!seen.add(pairs.get(i))) {
                throw invalid("Feature given twice: " + pairs.get(i));
            }
            features = features.with(pairs.get(i), pairs.get(i + 1));
        }
        return features;
    }

    private UserFeatures with(String key, String value) throws DmException {
        return switch (key) {
            case NO_DAEMON_TIMEOUT -> new UserFeatures(timeoutMs(key, value), reissue, requestTimeoutMs);
            case ON_CRASH -> new UserFeatures(noDaemonTimeoutMs, isReissue(value), requestTimeoutMs);
            case REQUEST_TIMEOUT -> new UserFeatures(noDaemonTimeoutMs, reissue, timeoutMs(key, value));
            default ->
                throw invalid(
                        "Unrecognised user feature requested: \"" + key + " " + value + "\", possible are " + POSSIBLE);
        };
    }

    private static boolean isReissue(String value) throws DmException {
        if (!value.equals("reissue") && !value.equals("error")) {
            throw invalid("Invalid value of feature " + ON_CRASH + ": \"" + value + "\" is neither error nor reissue");
        }
        return value.equals("reissue");
    }

    private static long timeoutMs(String key, String value) throws DmException {
        long ms = NUMBER.matcher(value).matches() ? Long.parseLong(value) : 0;
        if (ms < 1 || ms > TIMEOUT_MAX_MS) {
            throw invalid("Invalid value of feature " + key + ": \"" + value
                    + "\" is not a number of milliseconds from 1 to " + TIMEOUT_MAX_MS);
        }
        return ms;
    }

    private static DmException invalid(String problem) {
        return new DmException(Errno.EINVAL, problem);
    }

    boolean hasTimeout() {
        return shortestTimeoutMs() != 0;
    }

    /** The shorter of the timeouts there are; 0 if there is none. */
    long shortestTimeoutMs() {
        if (noDaemonTimeoutMs == 0 || requestTimeoutMs == 0) {
            return noDaemonTimeoutMs + requestTimeoutMs;
        }
        return Math.min(noDaemonTimeoutMs, requestTimeoutMs);
    }
}
