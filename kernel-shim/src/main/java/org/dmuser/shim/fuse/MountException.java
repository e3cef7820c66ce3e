package org.dmuser.shim.fuse;

import java.io.IOException;
import org.dmuser.channel.Errno;

/** A device that cannot be mounted or unmounted: an error number and one line that says what to do. */
public final class MountException extends IOException {
    private static final long serialVersionUID = 1L;

    private final Errno errno;

    public MountException(Errno errno, String message) {
        super(message);
        this.errno = errno;
    }

    public MountException(Errno errno, String message, Throwable cause) {
        super(message, cause);
        this.errno = errno;
    }

    /** EBUSY for what would work once the file is closed. */
    public Errno errno() {
        return errno;
    }
}
