package org.dmuser.cli.manual;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** One command, as its help describes it, in the macros of man(7). */
final class CommandText {
    private static final Pattern LABEL = Pattern.compile("[^A-Z0-9=]+");

    /** How lines of a footer begin that show what to type. */
    private static final String EXAMPLE = "  ";

    /** Columns; more than any synopsis has. */
    private static final int WIDTH = 10_000;

    private final CommandSpec spec;
    private final Set<String> labels = new TreeSet<>();

    CommandText(CommandSpec spec) {
        this.spec = spec;
        spec.args().forEach(argument -> labels.addAll(labels(argument)));
    }

    /** What stands behind "Usage:" in its help, in one line. */
    private static String synopsis(CommandSpec spec) {
        // Lines are broken within words, too.
        spec.usageMessage().autoWidth(false).width(WIDTH);
        return new Help(spec, Help.defaultColorScheme(Help.Ansi.OFF))
                .synopsis(0)
                .strip()
                .replaceAll("\\s+", " ");
    }

    void appendSynopsis(Roff roff) {
        String name = spec.qualifiedName();
        roff.line(".SY \"" + name + "\"")
                .prose(synopsis(spec).substring(name.length()), labels)
                .line(".YS");
    }

    /** All that is to be said of it; the options of {@code elsewhere} are described in another place. */
    void append(Roff roff, Set<SharedOption> elsewhere) {
        roff.line(".SS \"" + Roff.escaped(spec.qualifiedName()) + "\"");
        appendSynopsis(roff);
        roff.line(".PP").prose(joined(spec.usageMessage().description()), labels);
        appendAliases(roff);
        for (PositionalParamSpec word : spec.positionalParameters()) {
            if (word.description().length > 0) {
                roff.line(".TP").line(Roff.italic(word.paramLabel())).prose(joined(word.description()), labels);
            }
        }
        appendOptions(
                roff,
                spec.options().stream()
                        .filter(option -> !option.hidden() && !option.inherited())
                        .filter(option -> !elsewhere.contains(SharedOption.of(option)))
                        .toList());
        appendFooter(roff);
    }

    private void appendAliases(Roff roff) {
        if (spec.aliases().length > 0) {
            roff.line(".PP").prose("Also called " + String.join(", ", spec.aliases()) + ".", labels);
        }
    }

    /** Those that mean the same are described together, where the first of them stands. */
    static void appendOptions(Roff roff, Collection<OptionSpec> options) {
        Map<String, List<OptionSpec>> byMeaning = new LinkedHashMap<>();
        for (OptionSpec option : options) {
            byMeaning
                    .computeIfAbsent(joined(option.description()), key -> new ArrayList<>())
                    .add(option);
        }
        byMeaning.forEach((meaning, same) -> {
            String macro = ".TP";
            for (OptionSpec option : same) {
                roff.line(macro).line(names(option));
                macro = ".TQ";
            }
            roff.prose(meaning, labels(same.get(0)));
        });
    }

    private static String names(OptionSpec option) {
        String names = Stream.of(option.names()).map(Roff::bold).collect(Collectors.joining(", "));
        return names + (option.arity().max() > 0 ? "=" + Roff.italic(option.paramLabel()) : "");
    }

    /** Prose, and what to type, in turn. */
    private void appendFooter(Roff roff) {
        List<String> block = new ArrayList<>();
        boolean examples = false;
        for (String line : spec.usageMessage().footer()) {
            if (line.startsWith(EXAMPLE) != examples || line.isEmpty()) {
                appendBlock(roff, block, examples);
                block.clear();
                examples = line.startsWith(EXAMPLE);
            }
            block.add(line.strip());
        }
        appendBlock(roff, block, examples);
    }

    private void appendBlock(Roff roff, List<String> block, boolean examples) {
        String text = String.join(" ", block).strip();
        if (text.isEmpty()) {
            return;
        }
        if (examples) {
            roff.example(block);
        } else {
            roff.line(".PP").prose(text, labels);
        }
    }

    /** The words in capitals by which a value is called, {@code NAME[:KEY=VALUE,...]} being two. */
    private static List<String> labels(ArgSpec argument) {
        return List.of(LABEL.split(argument.paramLabel()));
    }

    private static String joined(String[] lines) {
        return String.join(" ", lines);
    }
}
