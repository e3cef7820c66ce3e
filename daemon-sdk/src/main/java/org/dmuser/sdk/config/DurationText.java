package org.dmuser.sdk.config;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads lengths of time. Always with a unit, since people mean different ones when they write none. */
public final class DurationText {
    private static final Pattern FORM = Pattern.compile("([0-9]+)(ns|us|ms|s|min)");

    private DurationText() {}

    /**
     * The time {@code text} stands for.
     *
     * @throws ConfigException if it is not a length of time, or one too long to be counted in nanoseconds
     */
    public static Duration parse(String text) {
        if (text.equals("0")) {
            return Duration.ZERO;
        }
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new ConfigException("'" + text
                    + "' is not a length of time; write a whole number with ns, us, ms, s or min, like 10ms");
        }
        try {
            // What cannot be counted in nanoseconds cannot be waited for either: 292 years.
            return Duration.ofNanos(Math.multiplyExact(Long.parseLong(matcher.group(1)), unitNs(matcher.group(2))));
        } catch (ArithmeticException | NumberFormatException e) {
            throw new ConfigException("'" + text + "' is too long a time", e);
        }
    }

    private static long unitNs(String unit) {
        return switch (unit) {
            case "ns" -> 1L;
            case "us" -> 1_000L;
            case "ms" -> 1_000_000L;
            case "s" -> 1_000_000_000L;
            default -> 60_000_000_000L;
        };
    }
}
