package org.dmuser.shim.fuse;

import java.nio.file.Path;
import org.dmuser.channel.Errno;
import org.dmuser.shim.os.Mounts;

/** Ways to get rid of a FUSE mount, with {@code fusermount} doing for an ordinary user what only root may. */
public final class Unmount {
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
}
