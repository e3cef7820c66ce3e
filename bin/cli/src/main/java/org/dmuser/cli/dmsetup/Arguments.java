package org.dmuser.cli.dmsetup;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What was written behind a command.
 *
 * @param switches the options given, with their values, which are empty for those that have none
 * @param words the others, in order
 */
public record Arguments(Map<Switch, String> switches, List<String> words) {
    public Arguments {
        switches =
                Collections.unmodifiableMap(switches.isEmpty() ? new EnumMap<>(Switch.class) : new EnumMap<>(switches));
        words = List.copyOf(words);
    }

    boolean has(Switch option) {
        return switches.containsKey(option);
    }

    /** The value of an option, or null. */
    String value(Switch option) {
        return switches.get(option);
    }

    String value(Switch option, String otherwise) {
        return switches.getOrDefault(option, otherwise);
    }

    /** The same options with other words. */
    Arguments withWords(List<String> others) {
        return new Arguments(switches, others);
    }
}
