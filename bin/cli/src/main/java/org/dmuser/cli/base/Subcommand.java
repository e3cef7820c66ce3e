package org.dmuser.cli.base;

import java.util.List;
import java.util.function.Supplier;
import picocli.CommandLine;

/**
 * A command below another one. Only the one that is asked for is made: all of them take longer than a short command
 * does.
 *
 * @param maker makes the command; one that is a {@link Group} brings more commands
 * @param names what it is called by, the first of them in usage texts
 */
public record Subcommand(Supplier<Grammar.Owner> maker, List<String> names) {
    /** A command that has others below it: {@code dmuser backup}. */
    public interface Group extends Grammar.Owner {
        List<Subcommand> subcommands();
    }

    public static Subcommand of(Supplier<Grammar.Owner> maker, String... names) {
        return new Subcommand(maker, List.of(names));
    }

    /** Adds to {@code parent} the one of {@code known} that the words name, or all of them if they name none. */
    public static void add(CommandLine parent, List<Subcommand> known, List<String> words) {
        if (!addNamed(parent, known, words)) {
            known.forEach(subcommand -> subcommand.addTo(parent, List.of()));
        }
    }

    /** Adds to {@code parent} the one of {@code known} that the words name; false if they name none. */
    public static boolean addNamed(CommandLine parent, List<Subcommand> known, List<String> words) {
        int at = firstName(words);
        if (at == words.size()) {
            return false;
        }
        for (Subcommand subcommand : known) {
            if (subcommand.names.contains(words.get(at))) {
                subcommand.addTo(parent, words.subList(at + 1, words.size()));
                return true;
            }
        }
        return false;
    }

    private void addTo(CommandLine parent, List<String> rest) {
        Grammar.Owner command = maker.get();
        CommandLine line = new CommandLine(command.grammar().spec());
        parent.addSubcommand(names.get(0), line, names.subList(1, names.size()).toArray(String[]::new));
        if (command instanceof Group group) {
            // Behind its own adding, so that they inherit what it has inherited.
            add(line, group.subcommands(), rest);
        }
    }

    /** Where the first word stands that is not an option of the main command's. */
    public static int firstName(List<String> words) {
        int at = 0;
        while (at < words.size() && words.get(at).startsWith("-")) {
            at += words.get(at).equals("--run-dir") ? 2 : 1;
        }
        return Math.min(at, words.size());
    }
}
