package org.dmuser.sdk.control;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Where a daemon listens. */
final class SocketAddresses {
    /** Bytes in the path of a Unix socket, at most: what {@code struct sockaddr_un} has room for. */
    private static final int LENGTH_MAX = 107;

    private SocketAddresses() {}

    static UnixDomainSocketAddress of(Path path) throws IOException {
        int length = path.toString().getBytes(StandardCharsets.UTF_8).length;
        if (length > LENGTH_MAX) {
            throw new IOException("the name of the socket " + path + " has " + length + " bytes, and Unix sockets have "
                    + LENGTH_MAX + " at most: choose a shorter path");
        }
        return UnixDomainSocketAddress.of(path);
    }
}
