package org.dmuser.examples.snapshot.store;

import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.dmuser.sdk.config.ConfigException;

/**
 * A state of the device that has a name.
 *
 * @param id no other of the store has it
 * @param name as {@link #requireName} has it
 * @param createdMs milliseconds since 1970
 */
record Snapshot(int id, String name, long createdMs, PageTable map) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.:+-]{0,63}");

    /**
     * Answers {@code name}.
     *
     * @throws ConfigException if it is none
     */
    static String requireName(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new ConfigException("'" + name + "' cannot be the name of a snapshot: letters, digits and _ . : + -"
                    + " are possible, 64 at most, the first a letter, a digit or _");
        }
        return name;
    }

    /**
     * The one of that name.
     *
     * @throws IOException if there is none, naming those that there are
     */
    static Snapshot find(List<Snapshot> snapshots, String name) throws IOException {
        for (Snapshot snapshot : snapshots) {
            if (snapshot.name().equals(name)) {
                return snapshot;
            }
        }
        String names = snapshots.stream().map(Snapshot::name).collect(Collectors.joining(", "));
        throw new IOException(
                "there is no snapshot '" + name + "'; " + (names.isEmpty() ? "there are none" : "there are " + names));
    }

    boolean holds(int block, int entry) {
        return map.entry(block) == entry;
    }
}
