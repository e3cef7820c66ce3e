package org.dmuser.tests.handlers;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.dmuser.sdk.DeviceInfo;
import org.dmuser.sdk.config.ConfigKey;
import org.dmuser.sdk.config.HandlerConfig;

/** A disk with a cache: a loss of power leaves what is in a file, which has what the disk had at its last flush. */
public class Cached extends Ram {
    private static final ConfigKey<Path> DURABLE = ConfigKey.path("durable", "the file");

    private final Path durable;
    private int size;

    public Cached(HandlerConfig config) {
        durable = config.value(DURABLE);
    }

    @Override
    public void open(DeviceInfo device) {
        super.open(device);
        size = Math.toIntExact(device.size());
    }

    @Override
    public void flush() {
        byte[] content = new byte[size];
        range(0, size).get(content);
        Path next = durable.resolveSibling(durable.getFileName() + ".next");
        try {
            Files.move(Files.write(next, content), durable, ATOMIC_MOVE);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
