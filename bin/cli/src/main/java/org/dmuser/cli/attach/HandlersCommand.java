package org.dmuser.cli.attach;

import java.util.List;
import org.dmuser.cli.base.Console;
import org.dmuser.cli.base.DmuserCommand;
import org.dmuser.cli.base.Grammar.Value;
import org.dmuser.cli.base.JsonObject;
import org.dmuser.sdk.FilterProvider;
import org.dmuser.sdk.HandlerProvider;
import org.dmuser.sdk.config.ConfigKey;
import org.dmuser.sdk.registry.Handlers;

/** {@code dmuser handlers}. */
public final class HandlersCommand extends DmuserCommand {
    private static final int SETTING_LENGTH = 24;

    private final Value<String> classPath = grammar.option(
            String.class, "--classpath", "JARS", "Jars and directories to look in as well, with ':' between them.", "");

    private final Value<Boolean> json = grammar.flag("--json", "Prints a JSON object.");

    public HandlersCommand() {
        super(
                "Lists handlers and filters with their settings.",
                "",
                "A class that implements BlockHandler is a handler as well, by its full name:",
                "  dmuser run com.example.MyDisk --classpath build/classes --size 1G");
    }

    @Override
    public Integer call() {
        try (Handlers handlers = Handlers.load(classPath.get())) {
            Console.print(json.get() ? json(handlers) + "\n" : text(handlers));
            handlers.problems().forEach(problem -> Console.error("not loaded: " + problem));
            return 0;
        }
    }

    private static JsonObject json(Handlers handlers) {
        return new JsonObject()
                .put(
                        "handlers",
                        handlers.handlers().stream()
                                .map(provider -> json(provider.name(), provider.description(), provider.keys()))
                                .toList())
                .put(
                        "filters",
                        handlers.filters().stream()
                                .map(provider -> json(provider.name(), provider.description(), provider.keys()))
                                .toList());
    }

    private static JsonObject json(String name, String description, List<ConfigKey<?>> keys) {
        return new JsonObject()
                .put("name", name)
                .put("description", description)
                .put("settings", keys.stream().map(HandlersCommand::json).toList());
    }

    private static JsonObject json(ConfigKey<?> key) {
        JsonObject object =
                new JsonObject().put("name", key.name()).put("form", key.form()).put("meaning", key.meaning());
        return key.defaultText() == null ? object : object.put("default", key.defaultText());
    }

    private static String text(Handlers handlers) {
        StringBuilder text = new StringBuilder("Handlers, for 'dmuser run' and 'dmuser attach':\n");
        for (HandlerProvider provider : handlers.handlers()) {
            append(text, provider.name(), provider.description(), provider.keys());
        }
        text.append("\nFilters, for --filter NAME:KEY=VALUE,...:\n");
        for (FilterProvider provider : handlers.filters()) {
            append(text, provider.name(), provider.description(), provider.keys());
        }
        return text.toString();
    }

    private static void append(StringBuilder text, String name, String description, List<ConfigKey<?>> keys) {
        text.append(String.format("  %-10s %s%n", name, description));
        for (ConfigKey<?> key : keys) {
            String origin = key.defaultText() == null ? "" : "; default " + key.defaultText();
            String setting = key.name() + "=" + key.form();
            // One that leaves no room for its meaning has a line to itself.
            String between = setting.length() > SETTING_LENGTH ? "\n" + " ".repeat(4 + SETTING_LENGTH) : "";
            text.append(
                    String.format("    %-" + SETTING_LENGTH + "s%s %s%s%n", setting, between, key.meaning(), origin));
        }
    }
}
