package org.dmuser.shim.fuse;

import java.util.Objects;
import org.dmuser.channel.Seats;

/**
 * How a device is mounted.
 *
 * @param name the device's; names the mount in the mount table and the threads that serve it
 * @param patienceMs how long those who have it open get to close it, where it is unmounted all the same; and how long
 *     unmounting waits for the end of a close that we or the kernel know of
 * @param endTimeoutMs how long unmounting waits for the threads that serve the device, which may have no processor
 * @param seats for threads that look for requests without sleeping
 * @param closed told when the last of those who had the file open has closed it, by a thread that must not be kept
 */
public record MountOptions(String name, long patienceMs, long endTimeoutMs, Seats seats, Runnable closed) {
    private static final long END_TIMEOUT_MS_DEFAULT = 10_000;

    /** Checks what would be found out late. */
    public MountOptions {
        if (name.isEmpty() || name.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("not a name for a device: \"" + name + "\"");
        }
        Objects.requireNonNull(seats, "seats");
        Objects.requireNonNull(closed, "closed");
    }

    /** The usual ones, for a process that serves one device. */
    public static MountOptions of(String name) {
        return new MountOptions(name, END_TIMEOUT_MS_DEFAULT, END_TIMEOUT_MS_DEFAULT, Seats.ofProcess(), () -> {});
    }

    /** What the mount table says is mounted. */
    public String source() {
        return StaleMounts.SOURCE_PREFIX + name;
    }

    public MountOptions withPatienceMs(long value) {
        return new MountOptions(name, value, endTimeoutMs, seats, closed);
    }

    /** With no more patience than that. */
    public MountOptions withEndTimeoutMs(long value) {
        return new MountOptions(name, Math.min(patienceMs, value), value, seats, closed);
    }

    public MountOptions withSeats(Seats value) {
        return new MountOptions(name, patienceMs, endTimeoutMs, value, closed);
    }

    public MountOptions withClosed(Runnable value) {
        return new MountOptions(name, patienceMs, endTimeoutMs, seats, value);
    }
}
