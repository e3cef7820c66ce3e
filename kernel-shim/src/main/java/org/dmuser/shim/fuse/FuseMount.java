package org.dmuser.shim.fuse;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A mounted device. Its threads run until it is unmounted, by whomever. */
public interface FuseMount extends AutoCloseable {
    /** Where, as an absolute path without symbolic links. */
    Path mountPoint();

    /** How often it is open now, a loop device counting as one. */
    int openCount();

    /**
     * Waits until it is unmounted, here or from outside, and nothing of it is left.
     *
     * @return false if that was not within the time given
     */
    boolean awaitEnd(long timeout, TimeUnit unit) throws InterruptedException;

    /**
     * Unmounts it and waits for its threads.
     *
     * @throws MountException with EBUSY, and nothing has changed, while it is open; with ETIMEDOUT, naming what is
     *     under way, if the device does not come back, in which case the threads end when it does
     */
    void unmount() throws MountException;

    /**
     * Unmounts it even while it is open: it is gone from the name space at once; those who have it open get errors if
     * they do not close it in time. Does nothing if it is unmounted.
     *
     * @throws MountException as for {@link #unmount}, but never EBUSY
     */
    @Override
    void close() throws MountException;
}
