package org.dmuser.cli.dmsetup;

import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Numbers as the C library reads them. */
final class Numbers {
    private static final Pattern LEADING = Pattern.compile("\\s*([+-]?[0-9]+).*", Pattern.DOTALL);
    private static final Pattern UNSIGNED = Pattern.compile("\\s*([+-]?)([0-9]+)");

    private Numbers() {}

    /** The number a text begins with, as of {@code atoi}: 0 if it begins with none, and large ones wrap around. */
    static int leading(String text) {
        Matcher matcher = LEADING.matcher(text);
        if (!matcher.matches()) {
            return 0;
        }
        String number = matcher.group(1);
        try {
            return (int) Long.parseLong(number);
        } catch (NumberFormatException e) {
            return (int) (number.startsWith("-") ? Long.MIN_VALUE : Long.MAX_VALUE);
        }
    }

    /** A text that is a number, as of {@code strtoull}: negative ones wrap around. Empty for one that is none. */
    static OptionalLong unsigned(String text) {
        Matcher matcher = UNSIGNED.matcher(text);
        if (!matcher.matches()) {
            return OptionalLong.empty();
        }
        try {
            long number = Long.parseUnsignedLong(matcher.group(2));
            return OptionalLong.of(matcher.group(1).equals("-") ? -number : number);
        } catch (NumberFormatException e) {
            return OptionalLong.empty();
        }
    }
}
