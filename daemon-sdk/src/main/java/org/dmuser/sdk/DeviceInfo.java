package org.dmuser.sdk;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import org.dmuser.sdk.config.ByteSize;

/**
 * The device a handler serves.
 *
 * @param name as in {@code dmuser create NAME}
 * @param size bytes, a multiple of 512; requests reach from 0 to here
 * @param readOnly whether no write, discard or zeroing will come
 * @param runDirectory that of the service the device belongs to; nothing in {@code dmuser run} and in tests
 */
public record DeviceInfo(String name, long size, boolean readOnly, Optional<Path> runDirectory) {
    public DeviceInfo {
        Objects.requireNonNull(name);
        Objects.requireNonNull(runDirectory);
        if (size < 0 || size % ByteSize.SECTOR != 0) {
            throw new IllegalArgumentException(
                    "device " + name + ": size " + size + " is not whole sectors of 512 bytes");
        }
    }

    /** A device of no service. */
    public DeviceInfo(String name, long size, boolean readOnly) {
        this(name, size, readOnly, Optional.empty());
    }
}
