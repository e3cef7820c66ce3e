package org.dmuser.shim.fuse.kernel;

import java.nio.file.Path;
import org.dmuser.shim.fuse.MountException;
import org.dmuser.shim.fuse.MountOptions;
import org.dmuser.shim.fuse.MountRoot;
import org.dmuser.shim.fuse.Unmount;
import org.dmuser.shim.fuse.protocol.Agreement;
import org.dmuser.shim.os.PollFd;

/**
 * A mount's connection to the kernel: two descriptors of {@code /dev/fuse} for the same requests, and what was agreed
 * about them. A request that was taken from one is to be answered on the same. Any thread.
 */
public final class KernelConnection implements AutoCloseable {
    private final int polledFd;
    private final int sleepingFd;
    private final Agreement agreement;

    /** Guarded by this object. */
    private boolean closed;

    private KernelConnection(int polledFd, int sleepingFd, Agreement agreement) {
        this.polledFd = polledFd;
        this.sleepingFd = sleepingFd;
        this.agreement = agreement;
    }

    /**
     * Mounts {@code root} on {@code mountPoint}, which has been checked, and answers the kernel's INIT. Whoever uses
     * the file now waits until requests are read from the connection. If it fails, nothing is mounted.
     */
    public static KernelConnection mount(
            Path mountPoint, MountOptions options, MountRoot root, ConnectionOptions connectionOptions)
            throws MountException {
        int fd = new KernelMount(mountPoint, options, root).open(connectionOptions.helperOnly());
        try {
            return connect(fd, connectionOptions);
        } catch (MountException e) {
            abandon(mountPoint, fd);
            throw new MountException(e.errno(), "cannot mount on " + mountPoint + ": " + e.getMessage(), e);
        } catch (RuntimeException | Error e) {
            abandon(mountPoint, fd);
            throw e;
        }
    }

    private static void abandon(Path mountPoint, int fd) {
        // In this order: what waits for an answer has an error now, and does not hold up unmounting.
        FuseDevice.close(fd);
        Unmount.detach(mountPoint);
    }

    private static KernelConnection connect(int fd, ConnectionOptions options) throws MountException {
        Agreement agreement = Handshake.perform(fd, options);
        int clone = FuseDevice.cloneOf(fd);
        try {
            FuseDevice.setNonBlocking(fd);
        } catch (MountException e) {
            FuseDevice.close(clone);
            throw e;
        }
        return new KernelConnection(fd, clone, agreement);
    }

    /** Closes it and unmounts the file, which nobody has served: who waits for an answer has an error. */
    public void abandon(Path mountPoint) {
        // In this order: what waits does not hold up unmounting.
        close();
        Unmount.detach(mountPoint);
    }

    /** The descriptor that answers -EAGAIN when there is no request. */
    int polledFd() {
        return polledFd;
    }

    /** The descriptor whose reader sleeps until there is a request or the file is unmounted. */
    public int sleepingFd() {
        return sleepingFd;
    }

    /** Bytes of data in a request at most, be it read or written. */
    public int maxWrite() {
        return agreement.maxWrite();
    }

    /** The {@link org.dmuser.shim.fuse.protocol.InitFlags} that kernel and server go by. */
    public long flags() {
        return agreement.flags();
    }

    /** The minor number of the protocol that is spoken. */
    public int minor() {
        return agreement.minor();
    }

    /** Whether the kernel has not ended it. */
    public synchronized boolean isConnected() {
        return !closed && (new PollFd(polledFd).await(0) & PollFd.ERROR) == 0;
    }

    /**
     * Closes the descriptors, once. Nobody may read or answer any more, nor be at it: their numbers may be those of
     * other files at once. A file that is still mounted answers ENOTCONN from now on; it is for others to unmount it.
     */
    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            FuseDevice.close(sleepingFd);
            FuseDevice.close(polledFd);
        }
    }
}
