package org.dmuser.examples.backup.repository.storage;

import java.nio.file.Path;

/** Storages by the names users give them. */
public final class Storages {
    private Storages() {}

    /** The storage of a path. Nothing is looked at yet. */
    public static Storage open(String url) {
        return new LocalStorage(Path.of(url).toAbsolutePath().normalize());
    }
}
