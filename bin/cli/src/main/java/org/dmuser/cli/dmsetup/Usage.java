package org.dmuser.cli.dmsetup;

import java.util.Arrays;
import java.util.stream.Collectors;

/** What can be written, as text. */
final class Usage {
    private Usage() {}

    /** All commands, and all options. */
    static String all() {
        StringBuilder text = new StringBuilder("Usage: dmsetup COMMAND [OPTION]... [WORD]...\n\nCommands:\n");
        for (Action action : Actions.ALL) {
            text.append("  ").append(String.join("|", action.names()));
            text.append(action.grammar().isEmpty() ? "" : " " + action.grammar())
                    .append('\n');
        }
        text.append("\nOptions, before or behind the command:\n");
        for (Switch option : Switch.values()) {
            text.append("  %-24s %s%n".formatted(option(option), option.description()));
        }
        return text.append("\nA device is named by its name, the path of its file, -u UUID, or -j MAJOR -m MINOR.\n")
                .toString();
    }

    private static String option(Switch option) {
        String letters = option.letters()
                .chars()
                .mapToObj(letter -> "-" + (char) letter + "|")
                .collect(Collectors.joining());
        return letters + "--" + option.word() + (option.hasValue() ? " " + option.value() : "");
    }

    /** How rows are selected. */
    static String selection() {
        return """
                Selections: comparisons of fields, joined by && or , and by || or #, in ( ) and !( ).
                  =  !=              a word, or anything in quotes; or a number
                  >  >=  <  <=       numbers
                  =~  !~             a regular expression, which need not match all of a word
                """;
    }

    /** The fields of {@code info -c}. */
    static String fields() {
        return Arrays.stream(ReportField.values())
                        .map(field -> "  %-18s %s%n".formatted(field.id(), field.description()))
                        .collect(Collectors.joining("", "Fields of info -c:\n", ""))
                + "  KIND_all           All of a kind: name_all, info_all, deps_all, tree_all, splitname_all, all.\n";
    }
}
