package org.dmuser.cli.dmsetup;

import java.util.Locale;
import java.util.stream.Stream;

/** What the environment says of characters. */
final class Locales {
    /** Set by bin/dmuser where it has to change the environment so that names can be read. */
    private static final String ASCII = "dmuser.ascii";

    private Locales() {}

    /** Whether more than ASCII may be printed. */
    static boolean isUtf8() {
        return !Boolean.getBoolean(ASCII) && isUtf8Set();
    }

    private static boolean isUtf8Set() {
        return Stream.of("LC_ALL", "LC_CTYPE", "LANG")
                .map(System::getenv)
                .filter(value -> value != null && !value.isEmpty())
                .findFirst()
                .map(value -> value.toUpperCase(Locale.ROOT).replace("-", ""))
                .filter(value -> value.contains("UTF8"))
                .isPresent();
    }
}
