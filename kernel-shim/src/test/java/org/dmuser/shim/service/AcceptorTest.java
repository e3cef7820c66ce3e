package org.dmuser.shim.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class AcceptorTest {
    private final ServerSocketChannel socket = mock(ServerSocketChannel.class);
    private final SocketChannel connection = mock(SocketChannel.class);
    private final List<SocketChannel> accepted = new ArrayList<>();
    private final List<String> events = new ArrayList<>();

    @Test
    void shouldAcceptAgainWhenProcessWasOutOfFiles() throws IOException {
        when(socket.accept())
                .thenThrow(new IOException("Too many open files"))
                .thenThrow(new IOException("Too many open files"))
                .thenReturn(connection)
                .thenThrow(new ClosedChannelException());
        new Acceptor(socket, accepted::add, events::add).run();
        assertEquals(List.of(connection), accepted);
        assertEquals(
                List.of(
                        "no connection can be accepted now, which is tried again: Too many open files",
                        "connections are accepted again"),
                events);
    }

    @Test
    void shouldAcceptAgainWhenThereWereNoThreads() throws IOException {
        when(socket.accept()).thenReturn(connection, connection).thenThrow(new ClosedChannelException());
        List<OutOfMemoryError> problems = new ArrayList<>(List.of(new OutOfMemoryError("no thread")));
        new Acceptor(socket, channel -> serve(channel, problems), events::add).run();
        assertEquals(List.of(connection), accepted);
    }

    private void serve(SocketChannel channel, List<OutOfMemoryError> problems) {
        if (!problems.isEmpty()) {
            throw problems.remove(0);
        }
        accepted.add(channel);
    }

    @Test
    void shouldGoOnWhenEventCannotBeTold() throws IOException {
        when(socket.accept())
                .thenThrow(new IOException("Too many open files"))
                .thenReturn(connection)
                .thenThrow(new ClosedChannelException());
        new Acceptor(socket, accepted::add, event -> {
                    throw new IllegalStateException(event);
                })
                .run();
        assertEquals(List.of(connection), accepted);
    }
}
