package org.dmuser.shim.fuse.uring;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
import org.dmuser.shim.fuse.kernel.ConnectionOptions;
import org.dmuser.shim.fuse.kernel.KernelConnection;
import org.dmuser.shim.fuse.kernel.KernelSession;
import org.dmuser.shim.fuse.protocol.InitFlags;
import org.dmuser.shim.os.Processors;

/** Mounts devices whose requests come by way of io_uring. Thread-safe. */
public final class UringFuseTransport implements FuseTransport {
    private static final Path POSSIBLE = Path.of("/sys/devices/system/cpu/possible");

    private final ErrorHandler errors;
    private final ConnectionOptions connectionOptions;

    /** @param errors told, from any thread, what went wrong without anybody to throw it at */
    public UringFuseTransport(ErrorHandler errors) {
        this.errors = Objects.requireNonNull(errors);
        this.connectionOptions = ConnectionOptions.USUAL.withUring();
    }

    @Override
    public FuseMount mount(BlockFile file, Path mountPoint, MountOptions options) throws MountException {
        MountPoints.checkFuse();
        UringSupport.check();
        Path path = MountPoints.check(mountPoint);
        List<RingPlan> plans = RingPlan.of(possibleProcessors(), Processors.allowed());
        DeviceNode node = new DeviceNode(file, options.closed());
        KernelConnection connection = KernelConnection.mount(path, options, node.root(), connectionOptions);
        UringSession session;
        try {
            session = open(connection, new KernelSession(connection, node, options, errors), plans);
        } catch (MountException e) {
            connection.abandon(path);
            throw new MountException(e.errno(), "cannot mount on " + path + ": " + e.getMessage(), e);
        } catch (RuntimeException | Error e) {
            connection.abandon(path);
            throw e;
        }
        return MountedDevice.start(options, path, node, session, errors);
    }

    private static UringSession open(KernelConnection connection, KernelSession session, List<RingPlan> plans)
            throws MountException {
        if ((connection.flags() & InitFlags.OVER_IO_URING) == 0) {
            throw UringSupport.off();
        }
        try {
            return new UringSession(session, plans);
        } catch (IOException e) {
            throw new MountException(Errno.EOPNOTSUPP, e.getMessage(), e);
        }
    }

    /** How many processors there might be, as a list like {@code 0-3,8} says. */
    private static int possibleProcessors() throws MountException {
        try {
            return RingPlan.count(Files.readString(POSSIBLE).trim());
        } catch (IOException | NumberFormatException e) {
            throw new MountException(Errno.EIO, "cannot tell how many processors there are: " + POSSIBLE + ": " + e, e);
        }
    }
}
