package org.dmuser.examples.memory;

import java.nio.file.Path;
import java.util.List;
import org.dmuser.sdk.HandlerProvider;
import org.dmuser.sdk.config.ConfigKey;
import org.dmuser.sdk.config.HandlerConfig;

/** {@code dmuser run memory --size 1G}. */
public final class MemoryProvider implements HandlerProvider {
    private static final ConfigKey<Path> DIRECTORY = ConfigKey.path(
                    "dir", "where the memory comes from: a tmpfs, or any directory to use its disk")
            .orElse("/dev/shm");

    @Override
    public String name() {
        return "memory";
    }

    @Override
    public String description() {
        return "keeps the data in memory, and only what was written takes any";
    }

    @Override
    public List<ConfigKey<?>> keys() {
        return List.of(DIRECTORY);
    }

    @Override
    public MemoryHandler create(HandlerConfig config) {
        return new MemoryHandler(new TmpfsMemory(config.value(DIRECTORY)));
    }
}
