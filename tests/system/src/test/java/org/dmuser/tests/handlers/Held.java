package org.dmuser.tests.handlers;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.dmuser.sdk.config.ConfigKey;
import org.dmuser.sdk.config.HandlerConfig;

/** A disk with a cache that takes no writes while there is a certain file. */
public final class Held extends Cached {
    private static final ConfigKey<Path> HOLD = ConfigKey.path("hold", "the file");
    private static final long PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(5);

    private final Path hold;

    public Held(HandlerConfig config) {
        super(config);
        hold = config.value(HOLD);
    }

    @Override
    public void write(long offset, ByteBuffer src) {
        while (Files.exists(hold)) {
            LockSupport.parkNanos(PAUSE_NS);
        }
        super.write(offset, src);
    }
}
