package org.dmuser.shim.fuse.kernel;

/**
 * How a connection to the kernel is made.
 *
 * @param hiddenFlags {@link org.dmuser.shim.fuse.protocol.InitFlags} that are not seen though the kernel offers them,
 *     as if it were older
 * @param helperOnly whether {@code fusermount3} mounts, even where this process might
 * @param requestTimeoutS seconds after which the kernel, if it can, gives up the connection for a request that is not
 *     answered; 0: never
 */
public record ConnectionOptions(long hiddenFlags, boolean helperOnly, int requestTimeoutS) {
    /** The usual ones. */
    public static final ConnectionOptions USUAL = new ConnectionOptions(0, false, 0);

    public ConnectionOptions withHiddenFlags(long value) {
        return new ConnectionOptions(value, helperOnly, requestTimeoutS);
    }

    public ConnectionOptions withHelperOnly() {
        return new ConnectionOptions(hiddenFlags, true, requestTimeoutS);
    }

    public ConnectionOptions withRequestTimeoutS(int value) {
        return new ConnectionOptions(hiddenFlags, helperOnly, value);
    }
}
