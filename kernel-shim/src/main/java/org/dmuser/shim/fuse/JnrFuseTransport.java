package org.dmuser.shim.fuse;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import org.agrona.ErrorHandler;
import org.dmuser.channel.Errno;
import org.dmuser.shim.file.BlockFile;
import org.dmuser.shim.os.MountEntry;
import org.dmuser.shim.os.MountTable;
import org.dmuser.shim.os.Mounts;

/** FUSE by way of libfuse 2.9 and jnr-fuse: works wherever they do, also without root by way of fusermount. */
public final class JnrFuseTransport implements FuseTransport {
    private static final int BACKGROUND_MAX = 256;
    private static final int CONGESTION_THRESHOLD = 192;

    private final ErrorHandler errors;

    /**
     * Makes the transport.
     *
     * @param errors told of what goes wrong on the threads that serve mounts
     */
    public JnrFuseTransport(ErrorHandler errors) {
        this.errors = Objects.requireNonNull(errors);
    }

    @Override
    public FuseMount mount(BlockFile file, Path mountPoint, MountOptions options) throws MountException {
        MountPoints.checkFuse();
        checkLibrary();
        Path path = MountPoints.check(mountPoint);
        DeviceNode node = new DeviceNode(file);
        JnrSession session = JnrSession.mount(path, fuseOptions(file, options), new DeviceOperations(node, errors));
        SessionThreads threads = new SessionThreads(options.name(), session, errors);
        try {
            threads.start();
            return new MountedDevice(options, path, awaitReady(path), node, threads);
        } catch (MountException | RuntimeException | Error e) {
            // The threads end when the mount does.
            if (isMounted(path, options)) {
                Unmount.detach(path);
            }
            throw e;
        }
    }

    /** Whether it is this device that is there, as far as is to be found out. */
    private boolean isMounted(Path path, MountOptions options) {
        try {
            return MountTable.at(path)
                    .filter(entry -> entry.source().equals(source(options)))
                    .isPresent();
        } catch (IOException | RuntimeException e) {
            errors.onError(e);
            return true;
        }
    }

    private static String source(MountOptions options) {
        return StaleMounts.SOURCE_PREFIX + options.name();
    }

    /** Checks that libfuse can be loaded. */
    static void checkLibrary() throws MountException {
        try {
            LibFuse2.instance();
        } catch (LinkageError e) {
            throw new MountException(
                    Errno.ENOENT,
                    LibFuse2.LIBRARY
                            + " is not to be found: install libfuse 2 (Debian, Ubuntu: apt-get install libfuse2)",
                    e);
        }
    }

    private static String fuseOptions(BlockFile file, MountOptions options) {
        return "fsname=" + escaped(source(options))
                + ",subtype=dmuser"
                + ",direct_io"
                // Without it the kernel cuts writes into pages.
                + ",big_writes"
                + ",max_write=" + DeviceOperations.TRANSFER_SIZE_MAX
                + ",max_read=" + DeviceOperations.TRANSFER_SIZE_MAX
                + ",max_background=" + BACKGROUND_MAX
                + ",congestion_threshold=" + CONGESTION_THRESHOLD
                // A new table may change the size at any time.
                + ",attr_timeout=0"
                // There is one path; libfuse need not look it up under its lock.
                + ",nopath"
                + ",default_permissions"
                + (file.readOnly() ? ",ro" : "");
    }

    private static String escaped(String value) {
        return value.replace("\\", "\\\\").replace(",", "\\,");
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
}
