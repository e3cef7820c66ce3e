package org.dmuser.shim.service;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;
import org.dmuser.channel.Errno;
import org.dmuser.shim.dm.DeviceInfo;
import org.dmuser.shim.dm.DeviceMapper;
import org.dmuser.shim.dm.DmException;
import org.dmuser.shim.dm.MappedDevice;
import org.dmuser.shim.file.BlockFile;
import org.dmuser.shim.fuse.FuseMount;
import org.dmuser.shim.fuse.FuseTransport;
import org.dmuser.shim.fuse.MountException;
import org.dmuser.shim.fuse.MountOptions;
import org.dmuser.shim.target.user.UserTarget;
import org.dmuser.shim.target.user.UserTargets;

/**
 * A mapped device and its file. The mount has the device open; who has the file open is asked of the mount.
 *
 * <p>Thread-safe; making and removing exclude each other.
 */
final class ServedDevice {
    /** How long what is under way gets before it is failed, when a device is removed that nobody has open. */
    private static final long GRACE_MS = 2_000;

    /** How long a mount whose requests have all been failed may take to end. */
    private static final long END_TIMEOUT_MS = 10_000;

    private final String name;
    private final RunDirectory directory;
    private final DeviceMapper mapper;
    private final UserTargets targets;
    private final FuseTransport transport;

    private volatile MappedDevice device;
    private volatile FuseMount mount;

    /** Guarded by this object. */
    private boolean gone;

    ServedDevice(
            String name, RunDirectory directory, DeviceMapper mapper, UserTargets targets, FuseTransport transport) {
        this.name = name;
        this.directory = directory;
        this.mapper = mapper;
        this.targets = targets;
        this.transport = transport;
    }

    /** Makes the device, without a table, and mounts it. If that fails, there is neither. */
    synchronized void make() throws DmException, IOException {
        device = mapper.create(name);
        try {
            mount();
        } catch (DmException | IOException | RuntimeException e) {
            mapper.remove(name);
            throw e;
        }
    }

    private void mount() throws DmException, IOException {
        Path file = file();
        try {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } catch (FileAlreadyExistsException e) {
            throw new ServiceException(
                    file + " is in the way: a process that is no service of this directory has it mounted"
                            + " or made it; remove it first",
                    e);
        }
        device.open();
        try {
            mount = transport.mount(
                    new BlockFile(device), file, MountOptions.of(name).withEndTimeoutMs(GRACE_MS));
        } catch (IOException | RuntimeException e) {
            device.release();
            Files.deleteIfExists(file);
            throw e;
        }
    }

    /** Only once the device mapper has found the name to be one. */
    private Path file() {
        return directory.mapper(name);
    }

    /** What is known of it, with those counted who have its file open. */
    DeviceInfo info() {
        DeviceInfo info = device.info();
        return new DeviceInfo(
                info.name(),
                info.minor(),
                info.suspended(),
                info.readOnly(),
                info.live(),
                info.inactive(),
                mount.openCount() + openedBelow(info),
                info.eventNumber(),
                info.targetCount());
    }

    /** How many devices are mapped to it. */
    private static int openedBelow(DeviceInfo info) {
        return Math.max(0, info.openCount() - 1);
    }

    /**
     * Unmounts and removes it. What is under way, which nobody can be waiting for, is failed after a while.
     *
     * @throws DmException EBUSY, and nothing has changed, while it is in use
     */
    synchronized void remove() throws DmException, IOException {
        checkNotGone();
        if (openedBelow(device.info()) > 0) {
            throw inUse(null);
        }
        try {
            // Asks the kernel, which knows who has it open: we are told of a close only some time after it.
            mount.unmount();
        } catch (MountException e) {
            if (e.errno() == Errno.EBUSY) {
                throw inUse(e);
            }
            if (e.errno() != Errno.ETIMEDOUT) {
                throw e;
            }
            failWaiting();
        }
        removeUnmounted();
    }

    private DmException inUse(MountException cause) {
        return new DmException(
                Errno.EBUSY,
                "device \"" + name + "\" is in use, its open count is " + info().openCount()
                        + ": unmount what is on it, detach its loop devices, close it and remove the devices mapped"
                        + " to it first",
                cause);
    }

    /**
     * Removes it even if it is open: whoever has it open gets errors from now on.
     *
     * @throws DmException EBUSY if another device is mapped to it
     */
    synchronized void forceRemove() throws DmException, IOException {
        checkNotGone();
        int above = openedBelow(device.info());
        if (above > 0) {
            throw new DmException(
                    Errno.EBUSY, "device \"" + name + "\" has " + above + " others mapped to it: remove those first");
        }
        failWaiting();
        try {
            mount.close();
        } catch (MountException e) {
            // What it waits for, bios held back by a suspended device, ends with the device.
            if (e.errno() != Errno.ETIMEDOUT) {
                throw e;
            }
        }
        removeUnmounted();
    }

    /** Whether it has been removed, even if something of it hangs. */
    synchronized boolean isGone() {
        return gone;
    }

    private void checkNotGone() throws DmException {
        if (gone) {
            throw new DmException(Errno.ENXIO, "device \"" + name + "\" has been removed");
        }
    }

    /** Fails what waits for a daemon, or for one that does not answer. */
    private void failWaiting() {
        targets.ofDevice(name).stream().map(UserTarget::queue).forEach(queue -> queue.destroy());
    }

    private void removeUnmounted() throws DmException, IOException {
        device.release();
        try {
            mapper.remove(name);
        } catch (DmException e) {
            // Somebody mapped a device to it in this very moment, or nobody wants to wait any more: it stays.
            Files.deleteIfExists(file());
            mount();
            throw e;
        }
        gone = true;
        boolean ended = awaitMountEnd();
        Files.deleteIfExists(file());
        if (!ended) {
            throw new ServiceException("device \"" + name + "\" is removed, but requests of its file still hang after "
                    + END_TIMEOUT_MS + " ms");
        }
    }

    private boolean awaitMountEnd() {
        try {
            return mount.awaitEnd(END_TIMEOUT_MS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }
}
