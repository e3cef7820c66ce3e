package org.dmuser.channel;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/** The Unix socket a service listens on. */
public final class ControlSocket {
    private ControlSocket() {}

    /**
     * Connects to the service behind {@code path}.
     *
     * @throws AttachException if none is listening there
     */
    public static SocketChannel connect(Path path) throws IOException {
        SocketChannel socket = SocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            socket.connect(UnixDomainSocketAddress.of(path));
            return socket;
        } catch (IOException e) {
            socket.close();
            if (Files.exists(path) && !Files.isWritable(path)) {
                throw new AttachException("no permission to use the dmuser service at " + path, e);
            }
            throw new AttachException("no dmuser service is running at " + path + ": start one with 'dmuser serve'", e);
        }
    }
}
