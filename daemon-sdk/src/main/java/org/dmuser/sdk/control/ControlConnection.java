package org.dmuser.sdk.control;

import java.io.IOException;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.dmuser.channel.Frame;

/** A connection to a daemon. For one thread at a time; may be closed by another. */
public final class ControlConnection implements AutoCloseable {
    private final Path path;
    private final SocketChannel socket;

    private ControlConnection(Path path, SocketChannel socket) {
        this.path = path;
        this.socket = socket;
    }

    /**
     * Connects.
     *
     * @return nothing if no daemon listens there
     * @throws IOException if one may listen there and cannot be reached
     */
    public static Optional<ControlConnection> find(Path path) throws IOException {
        if (Files.notExists(path)) {
            return Optional.empty();
        }
        SocketChannel socket = SocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            socket.connect(SocketAddresses.of(path));
            return Optional.of(new ControlConnection(path, socket));
        } catch (SocketException e) {
            socket.close();
            if (Files.exists(path) && !Files.isWritable(path)) {
                throw new IOException("no permission to speak to the daemon at " + path, e);
            }
            return Optional.empty();
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /**
     * Connects.
     *
     * @throws IOException if no daemon listens there, or it cannot be reached
     */
    public static ControlConnection open(Path path) throws IOException {
        return find(path).orElseThrow(() -> new IOException("no daemon listens at " + path));
    }

    /**
     * Has the daemon carry out a command, and waits until it has.
     *
     * @return what it says
     * @throws ControlException if it says that it cannot, with its words
     * @throws IOException if the daemon is lost
     */
    public String ask(String... words) throws IOException {
        Frame.write(socket, List.of(words));
        List<String> answer = Frame.read(socket);
        if (answer == null || answer.size() != 2) {
            throw new IOException("the daemon at " + path + " has ended before it answered '" + words[0] + "'");
        }
        if (answer.get(0).equals(ControlServer.DONE)) {
            return answer.get(1);
        }
        throw new ControlException(answer.get(1));
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
