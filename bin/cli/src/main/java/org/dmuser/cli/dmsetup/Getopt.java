package org.dmuser.cli.dmsetup;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * The grammar of {@code getopt_long}: options stand anywhere, up to a {@code --}; long ones may be shortened as far as
 * they can be told from others, and have their value behind a {@code =} or in the next word; short ones may be joined,
 * with the value of the last one behind it or in the next word.
 */
final class Getopt {
    private final Map<Switch, String> switches = new EnumMap<>(Switch.class);
    private final List<String> words = new ArrayList<>();

    private Getopt() {}

    /** @throws CommandFailed with getopt's words, for what is no option, or lacks a value */
    static Arguments parse(List<String> arguments) {
        Getopt getopt = new Getopt();
        Iterator<String> rest = arguments.iterator();
        while (rest.hasNext()) {
            String word = rest.next();
            if (word.equals("--")) {
                rest.forEachRemaining(getopt.words::add);
            } else if (word.startsWith("--")) {
                getopt.parseLong(word.substring(2), rest);
            } else if (word.length() > 1 && word.charAt(0) == '-') {
                getopt.parseShort(word, rest);
            } else {
                getopt.words.add(word);
            }
        }
        return new Arguments(getopt.switches, getopt.words);
    }

    private void parseLong(String text, Iterator<String> rest) {
        int equals = text.indexOf('=');
        String word = equals < 0 ? text : text.substring(0, equals);
        List<Switch> meant = Switch.startingWith(word);
        if (meant.isEmpty()) {
            throw failed("unrecognized option '--" + word + "'");
        }
        if (meant.size() > 1) {
            StringBuilder known = new StringBuilder();
            meant.forEach(option -> known.append(" '--").append(option.word()).append('\''));
            throw failed("option '--" + word + "' is ambiguous; possibilities:" + known);
        }
        Switch option = meant.get(0);
        if (!option.hasValue()) {
            if (equals >= 0) {
                throw failed("option '--" + option.word() + "' doesn't allow an argument");
            }
            switches.put(option, "");
        } else if (equals >= 0) {
            switches.put(option, text.substring(equals + 1));
        } else if (rest.hasNext()) {
            switches.put(option, rest.next());
        } else {
            throw failed("option '--" + option.word() + "' requires an argument");
        }
    }

    private void parseShort(String word, Iterator<String> rest) {
        for (int i = 1; i < word.length(); i++) {
            Switch option = Switch.of(word.charAt(i));
            if (option == null) {
                throw failed("invalid option -- '" + word.charAt(i) + "'");
            }
            if (!option.hasValue()) {
                switches.put(option, "");
            } else if (i + 1 < word.length()) {
                switches.put(option, word.substring(i + 1));
                return;
            } else if (rest.hasNext()) {
                switches.put(option, rest.next());
            } else {
                throw failed("option requires an argument -- '" + word.charAt(i) + "'");
            }
        }
    }

    private static CommandFailed failed(String problem) {
        return CommandFailed.usage(Dmsetup.NAME + ": " + problem);
    }
}
