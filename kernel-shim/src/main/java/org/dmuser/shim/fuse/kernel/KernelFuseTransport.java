package org.dmuser.shim.fuse.kernel;

import java.nio.file.Path;
import java.util.Objects;
import org.agrona.ErrorHandler;
import org.dmuser.shim.file.BlockFile;
import org.dmuser.shim.fuse.DeviceNode;
import org.dmuser.shim.fuse.FuseMount;
import org.dmuser.shim.fuse.FuseTransport;
import org.dmuser.shim.fuse.MountException;
import org.dmuser.shim.fuse.MountOptions;
import org.dmuser.shim.fuse.MountPoints;
import org.dmuser.shim.fuse.MountedDevice;

/** Mounts devices by speaking to {@code /dev/fuse}, without a library in between. Thread-safe. */
public final class KernelFuseTransport implements FuseTransport {
    private final ErrorHandler errors;
    private final ConnectionOptions connectionOptions;

    /** @param errors told, from any thread, what went wrong without anybody to throw it at */
    public KernelFuseTransport(ErrorHandler errors) {
        this(errors, ConnectionOptions.USUAL);
    }

    public KernelFuseTransport(ErrorHandler errors, ConnectionOptions connectionOptions) {
        this.errors = Objects.requireNonNull(errors);
        this.connectionOptions = Objects.requireNonNull(connectionOptions);
    }

    @Override
    public FuseMount mount(BlockFile file, Path mountPoint, MountOptions options) throws MountException {
        MountPoints.checkFuse();
        Path path = MountPoints.check(mountPoint);
        DeviceNode node = new DeviceNode(file, options.closed());
        KernelConnection connection = KernelConnection.mount(path, options, node.root(), connectionOptions);
        KernelSession session = new KernelSession(connection, node, options, errors);
        return MountedDevice.start(options, path, node, session, errors);
    }
}
