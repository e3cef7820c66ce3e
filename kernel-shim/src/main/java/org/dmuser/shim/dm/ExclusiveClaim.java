package org.dmuser.shim.dm;

import java.nio.file.Path;
import org.dmuser.channel.Errno;
import org.dmuser.channel.LinuxFile;
import org.dmuser.shim.os.LibC;

/**
 * Keeps a block device of the machine from being mounted, or claimed in another way, as long as a table uses it; and a
 * file from being used by those who ask for its lock first, such as other services, handlers and qemu. One for each,
 * whichever of our devices use it.
 */
final class ExclusiveClaim implements AutoCloseable {
    /** As far as the file will ever go. */
    private static final long TO_THE_END = 0;

    private final int descriptor;

    private ExclusiveClaim(int descriptor) {
        this.descriptor = descriptor;
    }

    /** @throws DmException EBUSY if somebody else has claimed it, or is using it as a disk */
    static ExclusiveClaim ofDevice(Path device) throws DmException {
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

    /**
     * Where the file system has no locks, nobody is kept away.
     *
     * @param readOnly whether to share it with others that only read it
     * @throws DmException EBUSY if somebody else has locked it
     */
    static ExclusiveClaim ofFile(Path file, boolean readOnly) throws DmException {
        int descriptor = readOnly ? LinuxFile.openForReading(file.toString()) : LinuxFile.open(file.toString());
        if (descriptor < 0) {
            Errno errno = Errno.of(-descriptor);
            throw new DmException(errno, file + ": " + errno.text());
        }
        if (LinuxFile.lock(descriptor, 0, TO_THE_END, readOnly) == Errno.EAGAIN) {
            LinuxFile.close(descriptor);
            throw new DmException(
                    Errno.EBUSY,
                    file + ": " + Errno.EBUSY.text()
                            + ": another service, a handler or another program has locked it, or it is in use here"
                            + " under another name; end that first");
        }
        return new ExclusiveClaim(descriptor);
    }

    @Override
    public void close() {
        LinuxFile.close(descriptor);
    }
}
