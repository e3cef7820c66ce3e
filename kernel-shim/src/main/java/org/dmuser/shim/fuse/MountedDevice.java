package org.dmuser.shim.fuse;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.agrona.ErrorHandler;
import org.dmuser.channel.Errno;
import org.dmuser.channel.Uninterruptible;
import org.dmuser.shim.os.MountEntry;
import org.dmuser.shim.os.MountTable;
import org.dmuser.shim.os.Mounts;

/** A device, or a directory of channels, that is mounted, whatever the transport: where, and who serves it. */
public final class MountedDevice implements FuseMount {
    /** How soon after it was unmounted a session ends, unless another mount namespace has a copy of the mount. */
    private static final long LINGER_MS = 500;

    /** More than the turn of a request takes to come on a machine that has far too much to do. */
    private static final long TURN_MS = 30_000;

    /** How soon we know that the file was closed when its turn has come. */
    private static final long RELEASE_MS = 500;

    private static final long RETRY_MIN_NS = 20_000;
    private static final long RETRY_MAX_NS = 100_000_000;

    /** What it is, for people: "device NAME". */
    private final String what;

    private final Path mountPoint;
    /** The minor number of its device. */
    private final int connection;

    private final OpenCount opens;
    private final Session session;
    private final long patienceMs;
    private final long endTimeoutMs;

    private MountedDevice(
            String what, MountOptions options, Path mountPoint, int connection, OpenCount opens, Session session) {
        this.what = what;
        this.patienceMs = options.patienceMs();
        this.endTimeoutMs = options.endTimeoutMs();
        this.mountPoint = mountPoint;
        this.connection = connection;
        this.opens = opens;
        this.session = session;
    }

    /**
     * Starts {@code session}, which is mounted on {@code mountPoint}, and waits until the file answers. If that fails,
     * the file is unmounted, and the session ends by itself.
     */
    public static MountedDevice start(
            MountOptions options, Path mountPoint, DeviceNode node, Session session, ErrorHandler errors)
            throws MountException {
        return start("device " + options.name(), options, mountPoint, node.opens(), session, errors);
    }

    /**
     * As above, for whatever is mounted.
     *
     * @param what it is, for people
     * @param opens of its files
     */
    public static MountedDevice start(
            String what, MountOptions options, Path mountPoint, OpenCount opens, Session session, ErrorHandler errors)
            throws MountException {
        try {
            session.start();
            return new MountedDevice(what, options, mountPoint, awaitReady(mountPoint), opens, session);
        } catch (MountException | RuntimeException | Error e) {
            if (isMounted(mountPoint, options, errors)) {
                Unmount.detach(mountPoint);
            }
            throw e;
        }
    }

    /** Waits until the file answers; the number of the connection. */
    private static int awaitReady(Path path) throws MountException {
        Errno status = Mounts.probe(path);
        if (status != Errno.OK) {
            throw new MountException(status, "mounted on " + path + ", but the file does not answer: " + status.text());
        }
        try {
            return MountTable.at(path)
                    .map(MountEntry::deviceMinor)
                    .orElseThrow(() -> new MountException(Errno.ENOTCONN, path + " was unmounted by somebody else"));
        } catch (MountException e) {
            throw e;
        } catch (IOException e) {
            throw new MountException(Errno.EIO, "mounted on " + path + ", but the mount table cannot be read: " + e, e);
        }
    }

    /** Whether it is this device that is there, as far as is to be found out. */
    private static boolean isMounted(Path path, MountOptions options, ErrorHandler errors) {
        try {
            return MountTable.at(path)
                    .filter(entry -> entry.source().equals(options.source()))
                    .isPresent();
        } catch (IOException | RuntimeException e) {
            errors.onError(e);
            return true;
        }
    }

    @Override
    public Path mountPoint() {
        return mountPoint;
    }

    @Override
    public int openCount() {
        return opens.count();
    }

    @Override
    public boolean awaitEnd(long timeout, TimeUnit unit) throws InterruptedException {
        return session.awaitEnd(timeout, unit);
    }

    @Override
    public void unmount() throws MountException {
        if (hasEnded()) {
            removeDead();
            return;
        }
        // The kernel says that it is busy only if it is in this mount namespace.
        Errno status = !isClosed() ? Errno.EBUSY : mounted().isPresent() ? unmountClosed() : Errno.OK;
        if (status == Errno.EBUSY) {
            throw new MountException(status, what + " is in use: " + whoUsesIt());
        }
        checkUnmounted(status);
        end(LINGER_MS);
    }

    /**
     * Whether nobody has it open: we are told of a close only some time after it. Where the kernel knows of nobody, we
     * are about to be told, or it is open in another mount namespace. For one thread at a time, as that question is.
     */
    private synchronized boolean isClosed() {
        if (opens.count() == 0) {
            return true;
        }
        awaitTurn();
        return isClosedWithin(RELEASE_MS) || Mounts.isUnused(mountPoint) && isClosedWithin(patienceMs);
    }

    private boolean isClosedWithin(long ms) {
        return Uninterruptible.await(() -> opens.awaitNone(ms));
    }

    /** We are told that somebody closes it a moment before the kernel lets go of the mount for that one. */
    private Errno unmountClosed() {
        long startNs = System.nanoTime();
        long pauseNs = RETRY_MIN_NS;
        Errno status = Unmount.plain(mountPoint);
        while (status == Errno.EBUSY
                && opens.count() == 0
                && System.nanoTime() - startNs < TimeUnit.MILLISECONDS.toNanos(patienceMs)) {
            Uninterruptible.pause(pauseNs);
            pauseNs = Math.min(2 * pauseNs, RETRY_MAX_NS);
            status = Unmount.plain(mountPoint);
        }
        return status;
    }

    private String whoUsesIt() {
        int count = openCount();
        return count == 0
                ? "somebody is at " + mountPoint + ", or has mounted something on it"
                : mountPoint + " is open " + count
                        + " times; close it, unmount what is on it and detach its loop devices";
    }

    /**
     * That somebody has closed it stands in line with other requests, and when one of ours has been answered its turn
     * has come, too, however long the server had no processor. (Over io_uring there are several lines.) There may be no
     * answer: a line of io_uring stands still while all its entries have requests that hang.
     */
    private void awaitTurn() {
        Uninterruptible.await(() -> Mounts.probe(mountPoint, TURN_MS).isPresent());
    }

    @Override
    public void close() throws MountException {
        if (hasEnded()) {
            removeDead();
            return;
        }
        Errno status = mounted().isPresent() ? Unmount.plain(mountPoint) : Errno.OK;
        if (status == Errno.EBUSY) {
            status = giveUp();
        }
        checkUnmounted(status);
        end(openCount() > 0 ? patienceMs : LINGER_MS);
    }

    /**
     * Waits for the end of what has been unmounted here, and after some time brings it about: those who have it open
     * may take too long to close it, and another mount namespace may have a copy of the mount.
     */
    private void end(long waitMs) throws MountException {
        if (!hasEndedWithin(Math.min(waitMs, endTimeoutMs)) && session.isConnected()) {
            FuseControl.abort(connection, session::isConnected);
        }
        requireEnd();
    }

    /** A connection that was aborted has come to its end, and is mounted still. */
    private void removeDead() throws MountException {
        Optional<MountEntry> entry = mounted();
        if (entry.isPresent()) {
            StaleMounts.removeIfStale(entry.get());
        }
    }

    /** This device, if it is what is there: it may have been detached, and another one mounted since. */
    private Optional<MountEntry> mounted() throws MountException {
        try {
            return MountTable.at(mountPoint).filter(entry -> entry.deviceMinor() == connection);
        } catch (IOException e) {
            throw new MountException(Errno.EIO, "cannot unmount " + what + ": no mount table: " + e, e);
        }
    }

    private Errno giveUp() {
        if (!FuseControl.canAbort(connection)) {
            // Afterwards there would be no way to do it: a detached mount has no path.
            Mounts.abort(mountPoint);
        }
        return Unmount.detach(mountPoint);
    }

    /** EINVAL and ENOENT say that somebody else has just unmounted it, which is as good. */
    private void checkUnmounted(Errno status) throws MountException {
        if (status != Errno.OK && status != Errno.EINVAL && status != Errno.ENOENT) {
            throw new MountException(status, "cannot unmount " + what + " from " + mountPoint + ": " + status.text());
        }
    }

    private void requireEnd() throws MountException {
        if (!hasEndedWithin(endTimeoutMs)) {
            throw new MountException(
                    Errno.ETIMEDOUT,
                    what + " is unmounted from " + mountPoint + " but has not come to its end within " + endTimeoutMs
                            + " ms: " + session.describe());
        }
    }

    private boolean hasEnded() {
        return hasEndedWithin(0);
    }

    private boolean hasEndedWithin(long timeoutMs) {
        // Half unmounted is no state to leave a device in; the wait has an end.
        return Uninterruptible.await(() -> session.awaitEnd(timeoutMs, TimeUnit.MILLISECONDS));
    }

    @Override
    public String toString() {
        return what + " on " + mountPoint;
    }
}
