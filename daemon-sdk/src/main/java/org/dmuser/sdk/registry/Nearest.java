package org.dmuser.sdk.registry;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** What somebody who mistyped a name may have meant. */
final class Nearest {
    /** In a name this long two letters may have changed places, which is two changes. */
    private static final int SHORT = 4;

    private Nearest() {}

    /** The name that takes the fewest changes of a letter, if that leaves most of it as it was typed. */
    static Optional<String> to(String typed, Collection<String> names) {
        String lower = typed.toLowerCase(Locale.ROOT);
        int changesMax = typed.length() < SHORT ? 1 : Math.max(2, typed.length() / 3);
        return names.stream()
                .min(Comparator.comparingInt(name -> changes(lower, name.toLowerCase(Locale.ROOT))))
                .filter(name -> changes(lower, name.toLowerCase(Locale.ROOT)) <= changesMax);
    }

    /** Levenshtein's distance. */
    private static int changes(String from, String to) {
        int[] row = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[to.length()];
    }
}
