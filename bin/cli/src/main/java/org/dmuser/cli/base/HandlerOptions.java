package org.dmuser.cli.base;

import java.util.ArrayList;
import java.util.List;
import org.dmuser.sdk.Handler;
import org.dmuser.sdk.registry.Handlers;
import picocli.CommandLine.Option;

/** What the user says of a handler beside its name and its settings: filters in front of it, and where else to look. */
public final class HandlerOptions {
    @Option(
            names = "--filter",
            paramLabel = "NAME[:KEY=VALUE,...]",
            description = "A filter in front of the handler; the first one given is the outermost. May be repeated.")
    private List<String> filters = new ArrayList<>();

    @Option(
            names = "--classpath",
            paramLabel = "JARS",
            description = "Jars and directories to look for handlers and filters in, with ':' between them.")
    private String classPath = "";

    /** Looks for providers; to be closed after the handler. */
    public Handlers load() {
        return Handlers.load(classPath);
    }

    /** Makes a handler. */
    public Handler create(Handlers handlers, String name, List<String> settings) {
        return handlers.create(name, settings, filters);
    }

    /** As they were given, for a command line with the same meaning; paths in it are relative to the same directory. */
    public List<String> words() {
        List<String> words = new ArrayList<>();
        filters.forEach(filter -> words.addAll(List.of("--filter", filter)));
        if (!classPath.isEmpty()) {
            words.addAll(List.of("--classpath", classPath));
        }
        return words;
    }
}
