package org.dmuser.examples.backup.repository.storage;

import java.nio.file.Path;

/** Storages by the names users give them. */
public final class Storages {
    private Storages() {}

    /**
     * The storage of a path, or of {@code s3://BUCKET/PREFIX}. Nothing is looked at yet.
     *
     * @throws org.dmuser.sdk.config.ConfigException if the text cannot be either
     */
    public static Storage open(String url) {
        return open(url, StopRequest.NEVER);
    }

    /** As {@link #open(String)}; a request to stop ends whatever waits for a server that does not do its work. */
    public static Storage open(String url, StopRequest stop) {
        if (url.startsWith(S3Url.SCHEME)) {
            return new S3Storage(S3Url.parse(url), stop);
        }
        return new LocalStorage(Path.of(url).toAbsolutePath().normalize());
    }
}
