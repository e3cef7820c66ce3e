package org.dmuser.sdk;

import java.util.Objects;
import org.dmuser.sdk.config.ByteSize;

/**
 * The device a handler serves.
 *
 * @param name as in {@code dmuser create NAME}
 * @param size bytes, a multiple of 512; requests reach from 0 to here
 * @param readOnly whether no write, discard or zeroing will come
 */
public record DeviceInfo(String name, long size, boolean readOnly) {
    public DeviceInfo {
        Objects.requireNonNull(name);
        if (size < 0 || size % ByteSize.SECTOR != 0) {
            throw new IllegalArgumentException(
                    "device " + name + ": size " + size + " is not whole sectors of 512 bytes");
        }
    }
}
