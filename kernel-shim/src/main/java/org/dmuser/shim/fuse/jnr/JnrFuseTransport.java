package org.dmuser.shim.fuse.jnr;

import java.nio.file.Path;
import java.util.Objects;
import org.agrona.ErrorHandler;
import org.dmuser.channel.Errno;
import org.dmuser.shim.file.BlockFile;
import org.dmuser.shim.fuse.DeviceNode;
import org.dmuser.shim.fuse.FuseMount;
import org.dmuser.shim.fuse.FuseTransport;
import org.dmuser.shim.fuse.MountException;
import org.dmuser.shim.fuse.MountOptions;
import org.dmuser.shim.fuse.MountPoints;
import org.dmuser.shim.fuse.MountedDevice;

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
        DeviceNode node = new DeviceNode(file, options.closed());
        JnrSession session = JnrSession.mount(path, fuseOptions(file, options), new DeviceOperations(node, errors));
        SessionThreads threads = new SessionThreads(options.name(), session, errors);
        return MountedDevice.start(options, path, node, threads, errors);
    }

    /** Checks that libfuse can be loaded. */
    public static void checkLibrary() throws MountException {
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
        return "fsname=" + escaped(options.source())
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
}
