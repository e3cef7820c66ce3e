package org.dmuser.cli.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.dmuser.channel.Errno;
import org.dmuser.cli.base.CliException;
import org.dmuser.shim.os.LibC;

/** Whether the kernel works on what a command is about to overwrite. */
public final class DiskUse {
    private DiskUse() {}

    /**
     * Checks that a file or block device, and the loop devices on a file, are not mounted, swapped to or part of
     * another device: they must not change underneath. It is not kept from being so later.
     *
     * @throws CliException if one is
     */
    public static void requireNone(Path path) throws IOException {
        if (!Files.isRegularFile(path)) {
            if (isClaimed(path)) {
                throw new CliException(path + " is mounted, or in use in another way: let go of it first");
            }
            return;
        }
        for (LoopDevice loop : LoopDevice.on(path)) {
            if (isClaimed(loop.path())) {
                throw new CliException(path + " is the disk below " + loop
                        + ", which is mounted, or in use in another way: let go of it first");
            }
        }
    }

    /** The kernel lets nobody open a block device for himself while it, or a partition, belongs to somebody else. */
    private static boolean isClaimed(Path device) {
        LibC libc = LibC.instance();
        int descriptor = libc.open(device.toString(), LibC.O_RDONLY | LibC.O_EXCL | LibC.O_CLOEXEC, 0);
        if (descriptor >= 0) {
            libc.close(descriptor);
            return false;
        }
        return LibC.lastError() == Errno.EBUSY;
    }
}
