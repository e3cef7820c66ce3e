package org.dmuser.shim.dm;

import org.dmuser.channel.Errno;

/** A target, a table or a device that cannot be made or changed as asked: the kernel's error number and a sentence. */
public final class DmException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Errno errno;

    public DmException(Errno errno, String message) {
        super(message);
        this.errno = errno;
    }

    public DmException(Errno errno, String message, Throwable cause) {
        super(message, cause);
        this.errno = errno;
    }

    public Errno errno() {
        return errno;
    }
}
