package org.dmuser.sdk.registry;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/** What a service loader finds, and what it does not get to load: one broken jar must not take away the rest. */
final class Providers<T> {
    /** A loader that cannot even read its lists says the same thing each time it is asked, and never ends. */
    static final int FAILURES_MAX = 1000;

    private final Function<T, String> name;
    private final Map<String, List<T>> found = new TreeMap<>();
    private final Set<String> problems = new LinkedHashSet<>();

    Providers(Function<T, String> name) {
        this.name = name;
    }

    /** All that {@code providers} has and that can be loaded. */
    void addAll(Iterator<T> providers) {
        for (int failures = 0; failures < FAILURES_MAX; ) {
            try {
                if (!providers.hasNext()) {
                    return;
                }
                add(providers.next());
            } catch (ServiceConfigurationError e) {
                problems.add(String.valueOf(e.getMessage()));
                failures++;
            } catch (LinkageError e) {
                problems.add(e.toString());
                failures++;
            }
        }
    }

    /** In the order of their names. */
    List<T> byName() {
        return found.values().stream().flatMap(List::stream).toList();
    }

    /** A line for each thing that went wrong. */
    Set<String> problems() {
        return problems;
    }

    private void add(T provider) {
        String called;
        try {
            called = name.apply(provider);
        } catch (RuntimeException | Error e) {
            problems.add(provider.getClass().getName() + " does not tell its name: " + e);
            return;
        }
        if (called == null) {
            problems.add(provider.getClass().getName() + " has no name");
        } else {
            found.computeIfAbsent(called, same -> new ArrayList<>()).add(provider);
        }
    }
}
