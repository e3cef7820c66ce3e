package org.dmuser.shim.dm;

import java.nio.file.Path;
import org.dmuser.channel.Errno;
import org.dmuser.shim.os.LibC;

/**
 * Keeps a block device of the machine from being mounted, or claimed in another way, as long as a table uses it. One
 * for each device, whichever of our devices use it.
 */
final class ExclusiveClaim implements AutoCloseable {
    private final int descriptor;

    private ExclusiveClaim(int descriptor) {
        this.descriptor = descriptor;
    }

    /** @throws DmException EBUSY if somebody else has claimed it, or is using it as a disk */
    static ExclusiveClaim of(Path device) throws DmException {
        int descriptor = LibC.instance().open(device.toString(), LibC.O_RDONLY | LibC.O_EXCL | LibC.O_CLOEXEC, 0);
        if (descriptor >= 0) {
            return new ExclusiveClaim(descriptor);
        }
        Errno errno = LibC.lastError();
        throw new DmException(
                errno,
                device + ": " + errno.text()
                        + (errno == Errno.EBUSY
                                ? ": it is mounted, or somebody else has claimed it; let go of it"
                                : ""));
    }

    @Override
    public void close() {
        LibC.instance().close(descriptor);
    }
}
