package org.dmuser.sdk.daemon;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.dmuser.channel.AttachReply;
import org.dmuser.channel.AttachRequest;
import org.dmuser.channel.ChannelEnd;
import org.dmuser.channel.Frame;
import org.dmuser.channel.MemoryChannel;
import org.dmuser.channel.MessageQueue;
import org.dmuser.channel.Seats;

/** A service with one device, as far as daemons can tell. */
final class TestService implements AutoCloseable {
    /** Of all services: one that follows another must not take the name of a channel that is still ending. */
    private static final AtomicInteger EPOCH = new AtomicInteger();

    private final Path socket;
    private final MessageQueue queue;
    private final long sectors;
    private final ServerSocketChannel server;
    private final List<SocketChannel> connections = new CopyOnWriteArrayList<>();
    private final List<String> reports = new CopyOnWriteArrayList<>();
    private final List<Thread> threads = new CopyOnWriteArrayList<>();

    TestService(Path directory, MessageQueue queue, long sectors) throws IOException {
        this.socket = directory.resolve("control");
        this.queue = queue;
        this.sectors = sectors;
        Files.deleteIfExists(socket);
        server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(socket));
        start(this::acceptAll);
    }

    Path socket() {
        return socket;
    }

    List<String> reports() {
        return reports;
    }

    private void acceptAll() {
        try {
            while (true) {
                accept(server.accept());
            }
        } catch (IOException e) {
            // Closed: nobody attaches any more.
        }
    }

    private void accept(SocketChannel connection) throws IOException {
        connections.add(connection);
        AttachRequest request = AttachRequest.parse(Frame.read(connection));
        if (!request.device().equals("disk")) {
            Frame.write(connection, AttachReply.refusal("there is no device " + request.device()));
            connection.close();
            return;
        }
        int epoch = EPOCH.incrementAndGet();
        Path file = socket.resolveSibling("disk." + epoch);
        MemoryChannel channel =
                MemoryChannel.open(file, "a daemon", queue, epoch, sectors, false, Seats.ofProcess(), reports::add);
        Frame.write(connection, new AttachReply("disk", file, epoch).frame());
        start(() -> {
            channel.serve();
            close(connection);
        });
        start(() -> {
            awaitEnd(connection);
            channel.close(ChannelEnd.CLOSED, "its daemon has gone");
        });
    }

    private static void awaitEnd(SocketChannel connection) {
        try {
            Frame.read(connection);
        } catch (IOException e) {
            // Gone is gone.
        }
    }

    private static void close(SocketChannel connection) {
        try {
            connection.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void start(Runnable work) {
        Thread thread = new Thread(work, "test-service");
        thread.setDaemon(true);
        threads.add(thread);
        thread.start();
    }

    /** As a kill does: connections break, and nobody says why. */
    @Override
    public void close() throws IOException {
        server.close();
        for (SocketChannel connection : connections) {
            breakOff(connection);
        }
        Files.deleteIfExists(socket);
    }

    private static void breakOff(SocketChannel connection) throws IOException {
        try {
            connection.shutdownOutput();
        } catch (ClosedChannelException e) {
            // Its channel has ended at this very moment.
        }
    }

    /** Waits until nothing of a closed service is under way, so that nothing changes in its directory any more. */
    void awaitEnd() throws InterruptedException {
        // The first of them, which accepts, may add others until it has ended.
        for (int i = 0; i < threads.size(); i++) {
            threads.get(i).join();
        }
    }
}
