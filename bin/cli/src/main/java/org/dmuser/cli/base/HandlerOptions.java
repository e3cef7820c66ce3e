package org.dmuser.cli.base;

import java.util.ArrayList;
import java.util.List;
import org.dmuser.cli.base.Grammar.Value;
import org.dmuser.sdk.Handler;
import org.dmuser.sdk.registry.Handlers;

/** What the user says of a handler beside its name and its settings: filters in front of it, and where else to look. */
public final class HandlerOptions {
    /** What the word is that names a handler. */
    public static final String HANDLER =
            "The name of a handler ('dmuser handlers' lists them), or of a class on the class path.";

    /** What the words behind it are. */
    public static final String SETTINGS = "The handler's settings.";

    private final Value<List<String>> filters;
    private final Value<String> classPath;

    /** Adds them to those of a command. */
    public HandlerOptions(Grammar grammar) {
        filters = grammar.list(
                "--filter",
                "NAME[:KEY=VALUE,...]",
                "A filter in front of the handler; the first one given is the outermost. May be repeated.");
        classPath = grammar.option(
                String.class,
                "--classpath",
                "JARS",
                "Jars and directories to look for handlers and filters in, with ':' between them.",
                "");
    }

    /** Looks for providers; to be closed after the handler. */
    public Handlers load() {
        return Handlers.load(classPath.get());
    }

    /** Makes a handler. */
    public Handler create(Handlers handlers, String name, List<String> settings) {
        return handlers.create(name, settings, filters.get());
    }

    /** As they were given, for a command line with the same meaning; paths in it are relative to the same directory. */
    public List<String> words() {
        List<String> words = new ArrayList<>();
        filters.get().forEach(filter -> words.addAll(List.of("--filter", filter)));
        if (!classPath.get().isEmpty()) {
            words.addAll(List.of("--classpath", classPath.get()));
        }
        return words;
    }
}
