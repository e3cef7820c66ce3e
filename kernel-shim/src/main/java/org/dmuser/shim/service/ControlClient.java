package org.dmuser.shim.service;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.dmuser.channel.ControlSocket;
import org.dmuser.channel.Frame;

/** Speaks to the service of a run directory. Any thread; a connection for each command, which ends with it. */
public final class ControlClient {
    private final RunDirectory directory;

    public ControlClient(RunDirectory directory) {
        this.directory = directory;
    }

    /**
     * Has the service do something, and waits for its answer.
     *
     * @throws IOException if there is no service, or it ends meanwhile; one line
     */
    public ControlReply ask(ControlCommand command, String... arguments) throws IOException {
        return ask(command, Arrays.asList(arguments));
    }

    /** As the other {@code ask}. */
    public ControlReply ask(ControlCommand command, List<String> arguments) throws IOException {
        try (SocketChannel socket = ControlSocket.connect(directory.control())) {
            return exchange(socket, command, arguments);
        }
    }

    /**
     * Has the service end, and waits until its process is gone, and everything with it.
     *
     * @return what it could not clean up
     */
    public ControlReply stop() throws IOException {
        try (SocketChannel socket = ControlSocket.connect(directory.control())) {
            ControlReply reply = exchange(socket, ControlCommand.STOP, List.of());
            while (socket.read(ByteBuffer.allocate(1)) >= 0) {
                // The connection ends with the process.
            }
            return reply;
        }
    }

    private static ControlReply exchange(SocketChannel socket, ControlCommand command, List<String> arguments)
            throws IOException {
        List<String> words = new ArrayList<>(List.of(command.word()));
        words.addAll(arguments);
        Frame.write(socket, words);
        List<String> reply = Frame.read(socket);
        if (reply == null) {
            throw new ServiceException("the service ended before it had answered '" + command.word() + "'");
        }
        return ControlReply.parse(reply);
    }
}
