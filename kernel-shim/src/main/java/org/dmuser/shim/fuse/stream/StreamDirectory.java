package org.dmuser.shim.fuse.stream;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.agrona.ErrorHandler;
import org.dmuser.channel.Errno;
import org.dmuser.shim.fuse.FuseMount;
import org.dmuser.shim.fuse.MountException;
import org.dmuser.shim.fuse.MountOptions;
import org.dmuser.shim.fuse.MountPoints;
import org.dmuser.shim.fuse.MountRoot;
import org.dmuser.shim.fuse.MountedDevice;
import org.dmuser.shim.fuse.OpenCount;
import org.dmuser.shim.fuse.kernel.ConnectionOptions;
import org.dmuser.shim.fuse.kernel.KernelConnection;
import org.dmuser.shim.fuse.protocol.InitFlags;

/** A directory whose files are stream channels: what {@code /dev/dm-user} is to the kernel's dm-user. */
public final class StreamDirectory {
    private static final String WHAT = "the directory of stream channels";

    /** Since which a file can be a stream: Linux 5.2. */
    private static final int MINOR_MIN = 31;

    private StreamDirectory() {}

    /**
     * Mounts it on {@code mountPoint}, an existing directory.
     *
     * @param nodes what is in it, by number; called for each look at it, by the thread that serves it
     * @param errors told what went wrong without anybody to throw it at
     * @param events told, a line each, who opens and closes what
     * @throws MountException in one line, why not
     */
    public static FuseMount mount(
            Path mountPoint,
            Supplier<List<StreamNode>> nodes,
            MountOptions options,
            ErrorHandler errors,
            Consumer<String> events)
            throws MountException {
        MountPoints.checkFuse();
        Path path = MountPoints.checkDirectory(mountPoint);
        // A read that waits must not be one of those of which the kernel lets only so many be under way.
        ConnectionOptions connectionOptions =
                ConnectionOptions.USUAL.withHiddenFlags(InitFlags.ASYNC_DIO | InitFlags.DIRECT_IO_ALLOW_MMAP);
        MountRoot root = new MountRoot(DirectoryCalls.DIRECTORY_MODE, false);
        KernelConnection connection = KernelConnection.mount(path, options, root, connectionOptions);
        if (connection.minor() < MINOR_MIN) {
            connection.abandon(path);
            throw new MountException(
                    Errno.EOPNOTSUPP,
                    "the kernel speaks FUSE 7." + connection.minor() + ", and stream channels need 7." + MINOR_MIN
                            + ": Linux 5.2");
        }
        OpenCount opens = new OpenCount();
        StreamSession session = new StreamSession(options.name(), connection, nodes, opens, errors, events);
        return MountedDevice.start(WHAT, options, path, opens, session, errors);
    }
}
