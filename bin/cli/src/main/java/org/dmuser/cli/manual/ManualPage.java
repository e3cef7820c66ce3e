package org.dmuser.cli.manual;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.dmuser.sdk.FilterProvider;
import org.dmuser.sdk.HandlerProvider;
import org.dmuser.sdk.config.ConfigKey;
import org.dmuser.sdk.registry.Handlers;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * dmuser(8). The resource {@code dmuser.8} is the page, with a word between two {@code @} on a line of its own where
 * something goes that is made of the commands and handlers there are.
 */
final class ManualPage {
    /** How many commands have an option that is described once. */
    private static final int SHARED_MIN = 4;

    /** How long the form of a value may be to stand in front of what it means. */
    private static final int FORM_MAX = 30;

    private final CommandSpec main;
    private final List<CommandSpec> commands = new ArrayList<>();
    private final Map<SharedOption, OptionSpec> shared = new LinkedHashMap<>();

    /** @param main the main command, with all others */
    ManualPage(CommandLine main) {
        this.main = main.getCommandSpec();
        addBelow(main);
        findShared();
    }

    /** An option that many commands have is described once, unless it means something else in another one. */
    private void findShared() {
        Map<SharedOption, Integer> counts = new LinkedHashMap<>();
        for (CommandSpec command : commands) {
            for (OptionSpec option : command.options()) {
                if (!option.hidden() && !option.inherited()) {
                    counts.merge(SharedOption.of(option), 1, Integer::sum);
                    shared.putIfAbsent(SharedOption.of(option), option);
                }
            }
        }
        shared.keySet()
                .removeIf(option -> counts.get(option) < SHARED_MIN
                        || counts.keySet().stream()
                                .anyMatch(other -> other.name().equals(option.name()) && !other.equals(option)));
    }

    private void addBelow(CommandLine parent) {
        // A name and its aliases lead to the same.
        for (CommandLine command : new LinkedHashSet<>(parent.getSubcommands().values())) {
            if (!command.getCommandSpec().usageMessage().hidden()) {
                commands.add(command.getCommandSpec());
                addBelow(command);
            }
        }
    }

    /** @param version of the program */
    String text(String version, Handlers handlers) {
        return template()
                .lines()
                .map(line -> switch (line) {
                    case "@synopsis@" -> synopsis();
                    case "@options@" -> options();
                    case "@commands@" -> commands();
                    case "@handlers@" -> handlers(handlers);
                    default -> line.replace("@version@", version) + "\n";
                })
                .collect(Collectors.joining());
    }

    private static String template() {
        try (InputStream template = ManualPage.class.getResourceAsStream("dmuser.8")) {
            return new String(template.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String synopsis() {
        Roff roff = new Roff();
        new CommandText(main).appendSynopsis(roff);
        return roff.toString();
    }

    private String options() {
        Roff roff = new Roff();
        CommandText.appendOptions(roff, main.options());
        CommandText.appendOptions(roff, shared.values());
        return roff.toString();
    }

    private String commands() {
        Roff roff = new Roff();
        commands.forEach(command -> new CommandText(command).append(roff, shared.keySet()));
        return roff.toString();
    }

    private static String handlers(Handlers handlers) {
        Roff roff = new Roff();
        for (HandlerProvider handler : handlers.handlers()) {
            append(roff, handler.name(), handler.description(), handler.keys());
        }
        roff.line(".PP").prose("Filters stand in front of a handler, each with --filter NAME:KEY=VALUE,...:", Set.of());
        for (FilterProvider filter : handlers.filters()) {
            append(roff, filter.name(), filter.description(), filter.keys());
        }
        return roff.toString();
    }

    private static void append(Roff roff, String name, String description, List<ConfigKey<?>> keys) {
        roff.line(".TP").line(Roff.bold(name)).prose(description, Set.of());
        if (keys.isEmpty()) {
            return;
        }
        roff.line(".RS");
        keys.forEach(key -> append(roff, key));
        roff.line(".RE");
    }

    private static void append(Roff roff, ConfigKey<?> key) {
        boolean isLong = key.form().length() > FORM_MAX;
        String choice = isLong ? ": " + key.form().replace("|", ", ") : "";
        String otherwise = key.defaultText() == null ? "" : "; default " + key.defaultText();
        roff.line(".TP")
                .line(Roff.bold(key.name() + "=") + Roff.italic(isLong ? "VALUE" : key.form()))
                .prose(key.meaning() + choice + otherwise, Set.of());
    }
}
