package org.dmuser.shim.dm;

import java.util.concurrent.Future;
import org.dmuser.shim.bio.BlockDevice;

/** What a target may know of its surroundings, from when it is made until it is closed. */
public interface TargetContext {
    /** The name of the mapped device. */
    String deviceName();

    /** Where the target begins on the mapped device, in sectors. */
    long start();

    /** How long it is, in sectors. */
    long length();

    /** Whether the table it is part of is loaded read-only. */
    boolean readOnly();

    /**
     * Opens what a table line names: a mapped device, a file or a block device. It stays open until the target has been
     * closed, or could not be made; the core closes it then.
     *
     * @throws DmException if there is no such thing, or it is not to be had
     */
    OpenDevice open(String name) throws DmException;

    /** Tells those who wait for an event of the mapped device that the status of this target has changed. */
    void raiseEvent();

    /** Tells whoever looks after the service what has gone wrong: one line, without the names of device and type. */
    void report(String problem);

    /**
     * Has {@code task} run when {@code delayNs} have passed, at once if that is 0 or less, by a thread that may submit
     * bios and wait for room. What it throws is reported.
     *
     * @return by which it can be cancelled until it has begun
     */
    Future<?> schedule(Runnable task, long delayNs);

    /**
     * A device a target holds open.
     *
     * @param name how a table line printed back names it
     */
    record OpenDevice(BlockDevice device, String name) {}
}
