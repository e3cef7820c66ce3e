package org.dmuser.examples.file;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.dmuser.sdk.HandlerProvider;
import org.dmuser.sdk.config.ConfigKey;
import org.dmuser.sdk.config.HandlerConfig;

/** {@code dmuser run file path=disk.img}. */
public final class FileProvider implements HandlerProvider {
    private static final ConfigKey<Path> PATH = ConfigKey.path("path", "the file or block device");
    private static final ConfigKey<Long> CREATE =
            ConfigKey.size("create", "makes the file, sparse and of this size, if there is none");
    private static final ConfigKey<Boolean> READ_ONLY =
            ConfigKey.flag("readonly", "never write to it").orElse("false");

    @Override
    public String name() {
        return "file";
    }

    @Override
    public String description() {
        return "keeps the data in a file or on a block device";
    }

    @Override
    public List<ConfigKey<?>> keys() {
        return List.of(PATH, CREATE, READ_ONLY);
    }

    @Override
    public FileHandler create(HandlerConfig config) throws IOException {
        Path path = config.value(PATH);
        Long size = config.find(CREATE).orElse(null);
        if (size != null) {
            FileHandler.createIfMissing(path, size);
        }
        return FileHandler.of(PATH.name(), path, config.value(READ_ONLY));
    }
}
