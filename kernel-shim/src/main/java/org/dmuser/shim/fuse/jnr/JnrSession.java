package org.dmuser.shim.fuse.jnr;

import java.lang.ref.Reference;
import java.nio.file.Path;
import jnr.ffi.Pointer;
import org.dmuser.channel.Errno;
import org.dmuser.shim.fuse.MountException;
import org.dmuser.shim.os.LibC;
import org.dmuser.shim.os.PollFd;

/** A mount by libfuse 2.9: its channel to the kernel, and its session. */
final class JnrSession {
    private final String mountPoint;

    /** Kept so that the callbacks live as long as libfuse may call them. */
    private final DeviceOperations operations;

    private final Pointer channel;
    private final Pointer fuse;

    /** Guarded by this object. */
    private boolean tornDown;

    private JnrSession(String mountPoint, DeviceOperations operations, Pointer channel, Pointer fuse) {
        this.mountPoint = mountPoint;
        this.operations = operations;
        this.channel = channel;
        this.fuse = fuse;
    }

    /** Mounts; nobody serves the mount yet. */
    static JnrSession mount(Path mountPoint, String options, DeviceOperations operations) throws MountException {
        LibFuse2 library = LibFuse2.instance();
        String path = mountPoint.toString();
        try (var arguments = new FuseArguments(options)) {
            Pointer channel = library.fuse_mount(path, arguments.struct());
            if (channel == null) {
                throw new MountException(
                        Errno.EPERM,
                        "cannot mount on " + path + ": libfuse has said why on standard error; in a container, mounting"
                                + " takes --cap-add SYS_ADMIN");
            }
            // A child process must not keep the connection alive.
            LibC.instance().fcntl(library.fuse_chan_fd(channel), LibC.F_SETFD, LibC.FD_CLOEXEC);
            Pointer fuse = LibFuse2.newFunction()
                    .call(channel, arguments.struct(), operations.struct(), operations.structSize(), null);
            if (fuse == null) {
                library.fuse_unmount(path, channel);
                throw new MountException(
                        Errno.EINVAL, "cannot mount on " + path + ": libfuse does not take the options " + options);
            }
            return new JnrSession(path, operations, channel, fuse);
        }
    }

    /** Serves requests on the calling thread until the file system is unmounted. Several threads at a time. */
    void serve() {
        try {
            LibFuse2.instance().fuse_loop(fuse);
        } finally {
            Reference.reachabilityFence(operations);
        }
    }

    /** Whether the kernel has not ended it. */
    synchronized boolean isConnected() {
        return !tornDown && (new PollFd(LibFuse2.instance().fuse_chan_fd(channel)).await(0) & PollFd.ERROR) == 0;
    }

    /** Gives up everything, unmounting what is still mounted; called once, by the last thread that served. */
    synchronized void tearDown() {
        tornDown = true;
        // Finds out by itself whether the connection is still alive, and unmounts only then.
        LibFuse2.instance().fuse_unmount(mountPoint, channel);
        LibFuse2.instance().fuse_destroy(fuse);
    }
}
