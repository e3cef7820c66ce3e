package org.dmuser.examples.snapshot;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.dmuser.examples.snapshot.store.FileBase;
import org.dmuser.examples.snapshot.store.SnapshotView;
import org.dmuser.examples.snapshot.store.StoreDirectory;
import org.dmuser.examples.snapshot.store.StoreOptions;
import org.dmuser.sdk.BlockHandler;
import org.dmuser.sdk.HandlerProvider;
import org.dmuser.sdk.config.ConfigException;
import org.dmuser.sdk.config.ConfigKey;
import org.dmuser.sdk.config.HandlerConfig;

/** {@code dmuser attach disk snapshot base=disk.img store=disk.store}. */
public final class SnapshotProvider implements HandlerProvider {
    private static final ConfigKey<Path> BASE = ConfigKey.path("base", "the file or block device below");
    private static final ConfigKey<Path> STORE =
            ConfigKey.path("store", "the directory for what is written; made if it is not there");
    private static final ConfigKey<Long> BLOCK =
            ConfigKey.size("block", "what is copied at a time, for a new store: 4k to 64k; 64k unless given");
    private static final ConfigKey<Long> MAX =
            ConfigKey.size("max", "how much data the store may hold; as much as the disk unless given");
    private static final ConfigKey<String> AT = ConfigKey.string("at", "serve this snapshot, read-only");
    private static final ConfigKey<Boolean> OVERLAY = ConfigKey.flag(
                    "overlay", "with at: writable, and what is written is thrown away at the end")
            .orElse("false");

    @Override
    public String name() {
        return "snapshot";
    }

    @Override
    public String description() {
        return "writes to a store instead of the base, and makes snapshots ('dmuser snapshot')";
    }

    @Override
    public List<ConfigKey<?>> keys() {
        return List.of(BASE, STORE, BLOCK, MAX, AT, OVERLAY);
    }

    @Override
    public BlockHandler create(HandlerConfig config) throws IOException {
        Optional<String> at = config.find(AT);
        if (at.isPresent()) {
            return at(config, at.get());
        }
        if (config.value(OVERLAY)) {
            throw new ConfigException("overlay: only with at=NAME, which says over what");
        }
        Path base = config.value(BASE);
        long block = config.find(BLOCK).orElse(0L);
        if (block > StoreOptions.BLOCK_SIZE) {
            throw new ConfigException("block: write 4k, 8k, 16k, 32k or 64k");
        }
        StoreOptions options = new StoreOptions(
                (int) block,
                config.find(MAX).orElse(0L),
                base.toAbsolutePath().normalize().toString());
        return SnapshotHandler.open(FileBase.open(base), config.value(STORE), options);
    }

    private static BlockHandler at(HandlerConfig config, String name) throws IOException {
        if (config.find(BLOCK).isPresent() || config.find(MAX).isPresent()) {
            throw new ConfigException("at: block and max are of no use with it");
        }
        StoreDirectory directory = StoreDirectory.find(config.value(STORE));
        SnapshotView view = SnapshotView.open(directory, name, FileBase.open(config.value(BASE)));
        return config.value(OVERLAY) ? SnapshotHandler.overlay(view, directory.newOverlay()) : new BaseHandler(view);
    }
}
