package org.dmuser.shim.fuse;

import java.util.Objects;

/**
 * How a device is mounted.
 *
 * @param name the device's; names the mount in the mount table and the threads that serve it
 * @param allowOther whether users other than the one who mounts may use the file, as far as its mode lets them
 * @param holePunch what a punched hole becomes
 * @param endTimeoutMs how long unmounting waits for the threads that serve the device, at each of its steps
 */
public record MountOptions(String name, boolean allowOther, HolePunch holePunch, long endTimeoutMs) {
    private static final long END_TIMEOUT_MS_DEFAULT = 10_000;

    /** Checks what would be found out late. */
    public MountOptions {
        Objects.requireNonNull(holePunch);
        if (name.isEmpty() || name.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("not a name for a device: \"" + name + "\"");
        }
    }

    /** The usual ones. */
    public static MountOptions of(String name) {
        return new MountOptions(name, false, HolePunch.DISCARD, END_TIMEOUT_MS_DEFAULT);
    }

    public MountOptions withAllowOther(boolean value) {
        return new MountOptions(name, value, holePunch, endTimeoutMs);
    }

    public MountOptions withHolePunch(HolePunch value) {
        return new MountOptions(name, allowOther, value, endTimeoutMs);
    }

    public MountOptions withEndTimeoutMs(long value) {
        return new MountOptions(name, allowOther, holePunch, value);
    }
}
