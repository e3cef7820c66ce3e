package org.dmuser.cli.manual;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.dmuser.sdk.FilterProvider;
import org.dmuser.sdk.config.ConfigKey;
import org.dmuser.sdk.registry.Handlers;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * The script that has bash complete commands: what there is to complete, as arrays, and in front of them the resource
 * {@code completion.bash}, which knows what to make of them. Rejected: what picocli generates, which is 200 lines for
 * each command, and cannot ask a service for its devices.
 */
final class Completion {
    private final Map<String, String> commands = new LinkedHashMap<>();
    private final Map<String, String> options = new LinkedHashMap<>();
    private final Map<String, String> places = new LinkedHashMap<>();

    /** @param main the main command, with all others */
    Completion(CommandLine main) {
        add(main.getCommandName(), main);
    }

    private void add(String name, CommandLine command) {
        CommandSpec spec = command.getCommandSpec();
        List<String> below = new ArrayList<>();
        for (CommandLine subcommand :
                new LinkedHashSet<>(command.getSubcommands().values())) {
            if (!subcommand.getCommandSpec().usageMessage().hidden()) {
                below.add(subcommand.getCommandName());
                subcommand.getCommandSpec().names().forEach(alias -> add(name + " " + alias, subcommand));
            }
        }
        commands.put(name, String.join(" ", below));
        options.put(
                name,
                spec.options().stream()
                        .filter(option -> !option.hidden())
                        .flatMap(option -> Stream.of(option.names()).map(word -> entry(word, option)))
                        .collect(Collectors.joining(" ")));
        places.put(
                name,
                spec.positionalParameters().stream()
                        .sorted(Comparator.comparingInt(word -> word.index().min()))
                        .map(Completion::place)
                        .collect(Collectors.joining(" ")));
    }

    /** {@code --loop}, {@code --size=SIZE}, {@code --fuse=native|jnr}. */
    private static String entry(String name, OptionSpec option) {
        if (option.arity().max() == 0) {
            return name;
        }
        Iterable<String> choices = option.completionCandidates();
        return name + "="
                + (choices == null
                        ? option.paramLabel()
                        : StreamSupport.stream(choices.spliterator(), false)
                                .map(choice -> choice.toLowerCase(Locale.ROOT))
                                .collect(Collectors.joining("|")));
    }

    /** What a word is called, with dots behind it if there may be more; of alternatives, the first. */
    private static String place(PositionalParamSpec word) {
        String label = word.paramLabel().split(" \\| ")[0].replaceAll("[\\[\\]]", "");
        return label + (word.index().isVariable() && !label.endsWith("...") ? "..." : "");
    }

    String script(Handlers handlers, List<String> targetTypes) {
        Map<String, String> settings = new LinkedHashMap<>();
        handlers.handlers().forEach(handler -> settings.put(handler.name(), entries(handler.keys())));
        return functions()
                + array("commands", commands)
                + array("options", options)
                + array("places", places)
                + array("settings", settings)
                + text(
                        "filters",
                        handlers.filters().stream().map(FilterProvider::name).toList())
                + text("types", targetTypes);
    }

    private static String functions() {
        try (InputStream script = Completion.class.getResourceAsStream("completion.bash")) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String entries(List<ConfigKey<?>> keys) {
        return keys.stream().map(key -> key.name() + "=" + key.form()).collect(Collectors.joining(" "));
    }

    private static String array(String name, Map<String, String> content) {
        return content.entrySet().stream()
                .map(entry -> "  [" + quoted(entry.getKey()) + "]=" + quoted(entry.getValue()) + "\n")
                .collect(Collectors.joining("", "\ndeclare -gA _dmuser_" + name + "=(\n", ")\n"));
    }

    private static String text(String name, List<String> words) {
        return "\n_dmuser_" + name + "=" + quoted(String.join(" ", words)) + "\n";
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }
}
