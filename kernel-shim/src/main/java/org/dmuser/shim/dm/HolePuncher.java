package org.dmuser.shim.dm;

import java.io.IOException;
import java.nio.file.Path;
import org.dmuser.channel.Errno;
import org.dmuser.channel.LinuxFile;

/**
 * Gives back what a part of a file, or of a block device, takes; it reads as zeros then. Has a descriptor of its own,
 * as that of a file channel is not to be had. Any thread.
 */
final class HolePuncher implements AutoCloseable {
    private final int descriptor;

    private HolePuncher(int descriptor) {
        this.descriptor = descriptor;
    }

    /** @throws DmException if it cannot be opened for writing */
    static HolePuncher open(Path path) throws DmException {
        int descriptor = LinuxFile.open(path.toString());
        if (descriptor < 0) {
            Errno errno = Errno.of(-descriptor);
            throw new DmException(errno, path + ": " + errno.text());
        }
        return new HolePuncher(descriptor);
    }

    /** OK, or EOPNOTSUPP where the file system, or the device, cannot. Both numbers in bytes. */
    Errno punch(long position, long length) throws IOException {
        Errno errno = LinuxFile.punch(descriptor, position, length);
        if (errno != Errno.OK && errno != Errno.EOPNOTSUPP) {
            throw new IOException("a hole of " + length + " bytes at " + position + ": " + errno.text());
        }
        return errno;
    }

    @Override
    public void close() {
        LinuxFile.close(descriptor);
    }
}
