package org.dmuser.examples.backup;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.dmuser.examples.file.FileHandler;
import org.dmuser.sdk.HandlerProvider;
import org.dmuser.sdk.config.ConfigKey;
import org.dmuser.sdk.config.HandlerConfig;

/** {@code dmuser run backup origin=disk.img tracking=disk.tracking}. */
public final class BackupProvider implements HandlerProvider {
    private static final ConfigKey<Path> ORIGIN = ConfigKey.path("origin", "the file or block device with the data");
    private static final ConfigKey<Path> TRACKING =
            ConfigKey.path("tracking", "the file that keeps what has changed; made if there is none");
    private static final ConfigKey<Long> CREATE =
            ConfigKey.size("create", "makes the origin, sparse and of this size, if there is none");

    @Override
    public String name() {
        return "backup";
    }

    @Override
    public String description() {
        return "keeps the data in a file or on a block device that 'dmuser backup' can back up while it is used";
    }

    @Override
    public List<ConfigKey<?>> keys() {
        return List.of(ORIGIN, TRACKING, CREATE);
    }

    @Override
    public BackupHandler create(HandlerConfig config) throws IOException {
        Path origin = config.value(ORIGIN);
        Path tracking = config.value(TRACKING);
        Long size = config.find(CREATE).orElse(null);
        if (size != null) {
            FileHandler.createIfMissing(origin, size);
        }
        return new BackupHandler(origin, FileHandler.of(ORIGIN.name(), origin, false), tracking);
    }
}
