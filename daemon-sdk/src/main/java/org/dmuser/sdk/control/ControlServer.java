package org.dmuser.sdk.control;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.dmuser.channel.Frame;
import org.dmuser.channel.OwnerOnly;
import org.dmuser.channel.Uninterruptible;

/**
 * The socket of a daemon. The file is for its owner only, and is deleted when the server is closed; one that a daemon
 * which died has left is replaced.
 *
 * <pre>
 *   request   a {@link Frame}: the words of the command
 *   answer    a {@link Frame} of two words: "done" or "failed", and a text
 * </pre>
 *
 * <p>Lock: the server's own monitor guards the list of connections. Nothing is waited for or called under it, but the
 * thread of a connection begun.
 */
public final class ControlServer implements AutoCloseable {
    static final String DONE = "done";
    private static final String FAILED = "failed";

    /** More than anybody needs at a time; each costs a thread. */
    private static final int CONNECTIONS_MAX = 64;

    /** For commands under way when the server is closed to say how they ended. */
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(10);

    private static final long RETRY_NS = 100_000_000;

    private final Path path;
    private final ServerSocketChannel socket;
    private final Supplier<? extends ControlSession> sessions;
    private final Map<SocketChannel, Thread> connections = new HashMap<>();
    private boolean closed;

    private ControlServer(Path path, ServerSocketChannel socket, Supplier<? extends ControlSession> sessions) {
        this.path = path;
        this.socket = socket;
        this.sessions = sessions;
    }

    /**
     * Listens from now on.
     *
     * @param sessions called for each connection, on the thread of its own that the connection has
     * @throws IOException if another daemon listens there, or nobody can
     */
    public static ControlServer open(Path path, Supplier<? extends ControlSession> sessions) throws IOException {
        Optional<ControlConnection> other = ControlConnection.find(path);
        if (other.isPresent()) {
            other.get().close();
            throw new IOException("another daemon listens at " + path + ": end that first");
        }
        Files.deleteIfExists(path);
        ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            socket.bind(SocketAddresses.of(path));
            Files.setPosixFilePermissions(path, OwnerOnly.file().value());
        } catch (IOException e) {
            socket.close();
            throw e;
        }
        ControlServer server = new ControlServer(path, socket, sessions);
        server.newThread("control-" + path.getFileName(), server::accept).start();
        return server;
    }

    /** Where it listens. */
    public Path path() {
        return path;
    }

    /**
     * Ends all connections, and returns when no session does anything any more: what a command has under way must not
     * go on when the caller lets go of its files. Peers that do not take their answers are waited for a while only.
     */
    @Override
    public void close() throws IOException {
        List<Thread> threads;
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            threads = new ArrayList<>(connections.values());
        }
        Files.deleteIfExists(path);
        socket.close();
        // Their reading ends with the input, but a command that is under way can still say how it ended.
        openConnections().forEach(ControlServer::endInput);
        join(threads);
        openConnections().forEach(ControlServer::end);
        threads.stream().filter(thread -> thread != Thread.currentThread()).forEach(Uninterruptible::join);
    }

    private synchronized List<SocketChannel> openConnections() {
        return new ArrayList<>(connections.keySet());
    }

    private static void endInput(SocketChannel connection) {
        try {
            connection.shutdownInput();
        } catch (IOException e) {
            // It has ended by itself.
        }
    }

    private static void end(SocketChannel connection) {
        try {
            connection.close();
        } catch (IOException e) {
            // It is closed all the same.
        }
    }

    private static void join(List<Thread> threads) {
        long end = System.nanoTime() + CLOSE_TIMEOUT.toNanos();
        try {
            for (Thread thread : threads) {
                if (thread != Thread.currentThread()) {
                    thread.join(Math.max(1, (end - System.nanoTime()) / 1_000_000));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void accept() {
        while (socket.isOpen()) {
            try {
                serve(socket.accept());
            } catch (ClosedChannelException e) {
                return;
            } catch (IOException | OutOfMemoryError e) {
                // The process is out of files or threads. Who comes later is accepted, once it has some again.
                LockSupport.parkNanos(RETRY_NS);
            }
        }
    }

    private void serve(SocketChannel connection) throws IOException {
        Thread thread = newThread(path.getFileName() + "-session", () -> converse(connection));
        boolean served = false;
        try {
            synchronized (this) {
                if (!closed && connections.size() < CONNECTIONS_MAX) {
                    // Whoever closes the server could not wait for one that has yet to begin.
                    thread.start();
                    connections.put(connection, thread);
                    served = true;
                }
            }
        } finally {
            if (!served) {
                connection.close();
            }
        }
    }

    private void converse(SocketChannel connection) {
        try (connection;
                ControlSession session = sessions.get()) {
            List<String> words = Frame.read(connection);
            while (words != null && !words.isEmpty()) {
                Frame.write(connection, answer(session, words));
                words = Frame.read(connection);
            }
        } catch (IOException e) {
            // The peer has gone, or says what no peer of ours would. Its session is closed, which is all there is to
            // do.
        } finally {
            synchronized (this) {
                connections.remove(connection);
            }
        }
    }

    private static List<String> answer(ControlSession session, List<String> words) {
        try {
            return List.of(DONE, session.run(words));
        } catch (IOException e) {
            return List.of(FAILED, e.getMessage() == null ? e.toString() : e.getMessage());
        } catch (RuntimeException e) {
            return List.of(FAILED, e.toString());
        }
    }

    private Thread newThread(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }
}
