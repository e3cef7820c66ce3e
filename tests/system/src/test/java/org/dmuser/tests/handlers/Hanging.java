package org.dmuser.tests.handlers;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.dmuser.sdk.ThreadModel;
import org.dmuser.sdk.config.ConfigKey;
import org.dmuser.sdk.config.HandlerConfig;

/** A disk with a block that is neither read nor written until there is a certain file. */
public final class Hanging extends Ram {
    public static final int BLOCK = 4096;

    private static final ConfigKey<Long> NUMBER = ConfigKey.integer("block", "which one", 0, 1 << 20);
    private static final ConfigKey<Path> RELEASE = ConfigKey.path("release", "the file");
    private static final long PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(5);

    private final long offset;
    private final Path release;

    public Hanging(HandlerConfig config) {
        offset = config.value(NUMBER) * BLOCK;
        release = config.value(RELEASE);
    }

    @Override
    public ThreadModel threadModel() {
        return ThreadModel.PARALLEL;
    }

    @Override
    public void read(long from, ByteBuffer dst) {
        hang(from);
        super.read(from, dst);
    }

    @Override
    public void write(long from, ByteBuffer src) {
        hang(from);
        super.write(from, src);
    }

    private void hang(long from) {
        while (from == offset && !Files.exists(release)) {
            LockSupport.parkNanos(PAUSE_NS);
        }
    }
}
