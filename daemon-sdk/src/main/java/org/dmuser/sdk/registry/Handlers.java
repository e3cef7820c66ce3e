package org.dmuser.sdk.registry;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.dmuser.sdk.BlockHandler;
import org.dmuser.sdk.FilterProvider;
import org.dmuser.sdk.Handler;
import org.dmuser.sdk.HandlerProvider;
import org.dmuser.sdk.config.ConfigException;
import org.dmuser.sdk.config.HandlerConfig;

/**
 * The handlers and filters there are. Close it when the last handler made by it has been closed: classes on an extra
 * class path are loaded when they are first needed.
 */
public final class Handlers implements AutoCloseable {
    private final URLClassLoader loader;
    private final List<String> problems = new ArrayList<>();
    private final List<HandlerProvider> handlers;
    private final List<FilterProvider> filters;

    private Handlers(URLClassLoader loader) {
        this.loader = loader;
        handlers = load(HandlerProvider.class, HandlerProvider::name);
        filters = load(FilterProvider.class, FilterProvider::name);
    }

    /**
     * Looks for providers.
     *
     * @param classPath jars and directories to look in as well, with {@code :} between them; empty for none
     * @throws ConfigException if a part of the class path does not exist
     */
    public static Handlers load(String classPath) {
        return new Handlers(ClassPath.open(classPath));
    }

    /** All providers of handlers, by name. */
    public List<HandlerProvider> handlers() {
        return handlers;
    }

    /** All providers of filters, by name. */
    public List<FilterProvider> filters() {
        return filters;
    }

    /** Providers that are announced but cannot be loaded, a line for each. */
    public List<String> problems() {
        return List.copyOf(problems);
    }

    /**
     * Makes a handler with filters in front of it. Closing the result closes all of them.
     *
     * @param name of a provider, or of a class that is a {@link BlockHandler} or an asynchronous one and has a public
     *     constructor that takes a {@link HandlerConfig} or nothing
     * @param config {@code key=value} words
     * @param filterSpecs each {@code NAME} or {@code NAME:key=value,key=value}, the outermost first
     * @throws ConfigException if there is no such handler, or it does not like its configuration, or it cannot be made
     */
    public Handler create(String name, List<String> config, List<String> filterSpecs) {
        Handler handler = createHandler(name, config);
        return filterSpecs.isEmpty() ? handler : filtered(name, handler, filterSpecs);
    }

    @Override
    public void close() {
        try {
            loader.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Handler createHandler(String name, List<String> words) {
        HandlerConfig config = HandlerConfig.of("handler " + name, words);
        for (HandlerProvider provider : handlers) {
            if (provider.name().equals(name)) {
                config.declare(provider.keys());
                config.rejectUnknown();
                return Making.make(config, () -> provider.create(config));
            }
        }
        return Making.ofClass(findClass(name), config);
    }

    /** If a filter cannot be made, closes what is behind it: filters made before, and with them the handler. */
    private BlockHandler filtered(String name, Handler handler, List<String> specs) {
        Handler outermost = handler;
        try {
            BlockHandler front = requireSynchronous(name, handler);
            for (int i = specs.size() - 1; i >= 0; i--) {
                front = createFilter(front, specs.get(i));
                outermost = front;
            }
            return front;
        } catch (RuntimeException | Error e) {
            Making.closeAfter(e, outermost);
            throw e;
        }
    }

    private static BlockHandler requireSynchronous(String name, Handler handler) {
        if (handler instanceof BlockHandler synchronous) {
            return synchronous;
        }
        throw new ConfigException("handler " + name + " is asynchronous, and filters work only on a "
                + BlockHandler.class.getSimpleName());
    }

    private BlockHandler createFilter(BlockHandler next, String spec) {
        int colon = spec.indexOf(':');
        String name = colon < 0 ? spec : spec.substring(0, colon);
        String words = colon < 0 ? "" : spec.substring(colon + 1);
        HandlerConfig config =
                HandlerConfig.of("filter " + name, words.isEmpty() ? List.of() : List.of(words.split(",", -1)));
        for (FilterProvider provider : filters) {
            if (provider.name().equals(name)) {
                config.declare(provider.keys());
                config.rejectUnknown();
                return Making.make(config, () -> provider.create(next, config));
            }
        }
        throw unknown("filter", name, names(filters, FilterProvider::name));
    }

    private Class<?> findClass(String name) {
        try {
            return Class.forName(name, false, loader);
        } catch (ClassNotFoundException e) {
            throw unknown("handler", name, names(handlers, HandlerProvider::name));
        } catch (LinkageError e) {
            throw new ConfigException("handler " + name + ": the class cannot be loaded: " + e, e);
        }
    }

    private ConfigException unknown(String kind, String name, List<String> names) {
        String meant = Nearest.to(name, names)
                .map(near -> "; did you mean " + near + "?")
                .orElse("");
        String known = names.isEmpty() ? "there is none" : "there are " + String.join(", ", names);
        String broken = problems.isEmpty() ? "" : "; not loaded: " + String.join("; ", problems);
        String classes = kind.equals("handler") ? ", or write the full name of a class on the class path" : "";
        return new ConfigException(
                "unknown " + kind + " '" + name + "'" + meant + " (" + known + classes + ")" + broken);
    }

    private static <T> List<String> names(List<T> providers, Function<T, String> name) {
        return providers.stream().map(name).collect(Collectors.toList());
    }

    private <T> List<T> load(Class<T> type, Function<T, String> name) {
        Providers<T> found = new Providers<>(name);
        found.addAll(ServiceLoader.load(type, loader).iterator());
        problems.addAll(found.problems());
        return found.byName();
    }
}
