package org.dmuser.shim.fuse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.dmuser.channel.Errno;
import org.dmuser.shim.os.Mounts;

/** Ways to get rid of a FUSE mount, with {@code fusermount} doing for an ordinary user what only root may. */
public final class Unmount {
    private static final Path CONNECTIONS = Path.of("/sys/fs/fuse/connections");

    private Unmount() {}

    /** Unmounts it if nobody uses it. */
    static Errno plain(Path mountPoint) {
        Errno status = Mounts.unmount(mountPoint);
        return status == Errno.EPERM ? Fusermount.unmount(mountPoint, "-u") : status;
    }

    /** Takes it out of the name space. */
    public static Errno detach(Path mountPoint) {
        Errno status = Mounts.detach(mountPoint);
        return status == Errno.EPERM ? Fusermount.unmount(mountPoint, "-uz") : status;
    }

    /** Whether {@link #abort} can do anything: the kernel's control file system has to be mounted. */
    static boolean canAbort(int connection) {
        return Files.isWritable(abortFile(connection));
    }

    /** Fails everything under way on a connection, and wakes its server, even after the mount is gone. */
    static void abort(int connection) throws MountException {
        Path file = abortFile(connection);
        try {
            Files.write(file, new byte[] {'1'});
        } catch (IOException e) {
            // Gone, with the connection: what was wanted.
            if (Files.exists(file)) {
                throw new MountException(Errno.EIO, "cannot abort FUSE connection " + connection + ": " + e, e);
            }
        }
    }

    private static Path abortFile(int connection) {
        return CONNECTIONS.resolve(Integer.toString(connection)).resolve("abort");
    }
}
