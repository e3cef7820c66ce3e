package org.dmuser.shim.fuse.kernel;

import org.dmuser.shim.fuse.protocol.InitFlags;

/**
 * How a connection to the kernel is made.
 *
 * @param hiddenFlags {@link InitFlags} that are not seen though the kernel offers them,
 *     as if it were older
 * @param helperOnly whether {@code fusermount3} mounts, even where this process might
 * @param requestTimeoutS seconds after which the kernel, if it can, gives up the connection for a request that is not
 *     answered; 0: never
 */
public record ConnectionOptions(long hiddenFlags, boolean helperOnly, int requestTimeoutS) {
    /** The usual ones: all requests are read from {@code /dev/fuse}. */
    public static final ConnectionOptions USUAL = new ConnectionOptions(InitFlags.OVER_IO_URING, false, 0);

    /** Hides more. */
    public ConnectionOptions withHiddenFlags(long more) {
        return new ConnectionOptions(hiddenFlags | more, helperOnly, requestTimeoutS);
    }

    /** Requests come by way of io_uring, as soon as it has been set up, if the kernel offers that. */
    public ConnectionOptions withUring() {
        return new ConnectionOptions(hiddenFlags & ~InitFlags.OVER_IO_URING, helperOnly, requestTimeoutS);
    }

    public ConnectionOptions withHelperOnly() {
        return new ConnectionOptions(hiddenFlags, true, requestTimeoutS);
    }

    public ConnectionOptions withRequestTimeoutS(int value) {
        return new ConnectionOptions(hiddenFlags, helperOnly, value);
    }
}
