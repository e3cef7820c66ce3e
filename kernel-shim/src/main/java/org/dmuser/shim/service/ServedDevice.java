package org.dmuser.shim.service;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.dmuser.channel.Errno;
import org.dmuser.channel.OwnerOnly;
import org.dmuser.shim.dm.DeviceInfo;
import org.dmuser.shim.dm.DeviceMapper;
import org.dmuser.shim.dm.DmException;
import org.dmuser.shim.dm.MappedDevice;
import org.dmuser.shim.dm.TableSlot;
import org.dmuser.shim.file.BlockFile;
import org.dmuser.shim.fuse.FuseMount;
import org.dmuser.shim.fuse.FuseTransport;
import org.dmuser.shim.fuse.MountException;
import org.dmuser.shim.fuse.MountOptions;
import org.dmuser.shim.target.user.UserTarget;
import org.dmuser.shim.target.user.UserTargets;

/**
 * A mapped device and its file: a mount on {@code node/dm-MINOR}, which keeps its place when the device gets another
 * name, and the link {@code mapper/NAME} to it. Both appear with the first live table, as with the kernel. The mount
 * has the device open; who has the file open is asked of the mount.
 *
 * <p>Thread-safe; making and removing exclude each other.
 */
final class ServedDevice {
    /** How long what is under way gets before it is failed, when a device is removed that nobody has open. */
    private static final long GRACE_MS = 2_000;

    /** How long a mount whose requests have all been failed may take to end. */
    private static final long END_TIMEOUT_MS = 10_000;

    private final MappedDevice device;
    private final RunDirectory directory;
    private final DeviceMapper mapper;
    private final UserTargets targets;
    private final FuseTransport transport;

    /** Null before its first live table. */
    private volatile FuseMount mount;

    /** Guarded by this object. */
    private boolean gone;

    /** @param transport makes the one for this device */
    ServedDevice(
            MappedDevice device,
            RunDirectory directory,
            DeviceMapper mapper,
            UserTargets targets,
            Function<MappedDevice, FuseTransport> transport) {
        this.device = device;
        this.directory = directory;
        this.mapper = mapper;
        this.targets = targets;
        this.transport = transport.apply(device);
    }

    /** Makes its file if it has a live table and has no file yet. */
    synchronized void appear() throws DmException, IOException {
        if (mount == null && !gone && device.info().live()) {
            mount();
        }
    }

    private void mount() throws DmException, IOException {
        Path node = directory.node(device.minor());
        try {
            Files.createFile(node, OwnerOnly.file());
        } catch (FileAlreadyExistsException e) {
            throw inTheWay(node, e);
        }
        try {
            device.open();
            mountOpened(node);
        } catch (DmException | IOException | RuntimeException e) {
            Files.deleteIfExists(node);
            throw e;
        }
    }

    private void mountOpened(Path node) throws IOException {
        try {
            FuseMount made = transport.mount(
                    new BlockFile(device), node, MountOptions.of(device.name()).withEndTimeoutMs(GRACE_MS));
            link(made);
            mount = made;
        } catch (IOException | RuntimeException e) {
            device.release();
            throw e;
        }
    }

    /** A device whose name is taken by somebody else's file has none. */
    private void link(FuseMount made) throws IOException {
        Path link = directory.mapper(device.name());
        try {
            Files.createSymbolicLink(link, directory.mapper().relativize(directory.node(device.minor())));
        } catch (IOException e) {
            IOException problem = e instanceof FileAlreadyExistsException ? inTheWay(link, e) : e;
            try {
                made.close();
            } catch (MountException unmount) {
                problem.addSuppressed(unmount);
            }
            throw problem;
        }
    }

    private static ServiceException inTheWay(Path file, IOException cause) {
        return new ServiceException(
                file + " is in the way: a process that is no service of this directory has it mounted"
                        + " or made it; remove it first",
                cause);
    }

    /** Moves its file, open or not. */
    synchronized void renamed(String old, String name) throws IOException {
        if (mount == null) {
            return;
        }
        try {
            Files.move(directory.mapper(old), directory.mapper(name));
        } catch (FileAlreadyExistsException e) {
            throw inTheWay(directory.mapper(name), e);
        }
    }

    /** What is known of it, with those counted who have its file open. */
    DeviceInfo info(TableSlot slot) {
        DeviceInfo info = device.info(slot);
        FuseMount mounted = mount;
        return mounted == null ? info : info.withOpenCount(mounted.openCount() + openedBelow(info));
    }

    /** How many devices are mapped to it. */
    private int openedBelow(DeviceInfo info) {
        return mount == null ? info.openCount() : Math.max(0, info.openCount() - 1);
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
            if (mount != null) {
                mount.unmount();
            }
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
        int count = info(TableSlot.LIVE).openCount();
        if (count == 0 && cause != null) {
            return new DmException(Errno.EBUSY, cause.getMessage(), cause);
        }
        return new DmException(
                Errno.EBUSY,
                "device \"" + device.name() + "\" is in use, its open count is " + count
                        + ": unmount what is on it, detach its loop devices, close it and remove the devices mapped"
                        + " to it first" + adviceOnWaiting(),
                cause);
    }

    /** Whoever waits for a daemon cannot close it, not even when killed. */
    private String adviceOnWaiting() {
        int waiting = targets.ofDevice(device.name()).stream()
                .mapToInt(target -> target.queue().undelivered())
                .sum();
        return waiting == 0
                ? ""
                : "; " + waiting + " of its requests wait for a daemon: attach one, or fail them by 'remove --force'";
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
                    Errno.EBUSY,
                    "device \"" + device.name() + "\" has " + above + " others mapped to it: remove those first");
        }
        failWaiting();
        try {
            if (mount != null) {
                mount.close();
            }
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
            throw new DmException(Errno.ENXIO, "device \"" + device.name() + "\" has been removed");
        }
    }

    /**
     * Has what it holds go on or fail: for one that is to be removed by force, as what it holds keeps devices above it
     * from being removed before it.
     */
    void letGo() {
        device.letGo();
        failWaiting();
    }

    /** Fails what waits for a daemon, or for one that does not answer. */
    void failWaiting() {
        targets.ofDevice(device.name()).stream().map(UserTarget::queue).forEach(queue -> queue.destroy());
    }

    private void removeUnmounted() throws DmException, IOException {
        boolean mounted = mount != null;
        if (mounted) {
            device.release();
        }
        try {
            mapper.remove(device.name());
        } catch (DmException e) {
            // Somebody mapped a device to it in this very moment, or nobody wants to wait any more: it stays.
            deleteFiles();
            if (mounted) {
                mount = null;
                mount();
            }
            throw e;
        }
        gone = true;
        boolean ended = !mounted || awaitMountEnd();
        deleteFiles();
        if (!ended) {
            throw new ServiceException("device \"" + device.name()
                    + "\" is removed, but requests of its file still hang after " + END_TIMEOUT_MS + " ms");
        }
    }

    /** What is left of its file when that is unmounted. */
    private void deleteFiles() throws IOException {
        if (mount != null) {
            Files.deleteIfExists(directory.mapper(device.name()));
            Files.deleteIfExists(directory.node(device.minor()));
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
