package org.dmuser.shim.service;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.dmuser.channel.AttachReply;
import org.dmuser.channel.AttachRequest;
import org.dmuser.channel.Errno;
import org.dmuser.channel.Frame;

/**
 * Accepts connections on the control socket. What comes first on one decides: a daemon that attaches, and then the
 * connection is its channel's; or a command, and then it is over with the answer.
 */
final class ControlServer implements AutoCloseable {
    /** How long {@link #close} waits for connections to wind up. */
    private static final long CLOSE_TIMEOUT_MS = 5_000;

    private final ServerSocketChannel socket;
    private final Commands commands;
    private final Attachment attachment;
    private final Runnable stopRequest;
    private final int connectionsMax;
    private final Consumer<String> events;

    /** Guarded by itself; so is {@code stopping}. */
    private final Set<Connection> connections = new HashSet<>();

    /** Those who are told when all is cleaned up, and whose connections end with the process. */
    private final List<SocketChannel> stopping = new ArrayList<>();

    private volatile boolean closed;

    private ControlServer(
            ServerSocketChannel socket,
            Commands commands,
            Attachment attachment,
            Runnable stopRequest,
            ServiceContext context) {
        this.socket = socket;
        this.commands = commands;
        this.attachment = attachment;
        this.stopRequest = stopRequest;
        this.connectionsMax = context.connectionsMax();
        this.events = context.events();
    }

    /** Listens; {@code stopRequest} is run when somebody says to stop. */
    static ControlServer open(ServiceContext context, Commands commands, Attachment attachment, Runnable stopRequest)
            throws IOException {
        Path path = context.runDirectory().control();
        ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            socket.bind(UnixDomainSocketAddress.of(path));
        } catch (IOException e) {
            socket.close();
            throw new ServiceException("cannot listen on " + path + ": " + Problems.describe(e), e);
        }
        ControlServer server = new ControlServer(socket, commands, attachment, stopRequest, context);
        newThread(new Acceptor(socket, server::start, server.events), "control-accept")
                .start();
        return server;
    }

    private static Thread newThread(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    private void start(SocketChannel accepted) {
        Connection connection = new Connection(accepted);
        boolean full;
        synchronized (connections) {
            full = connections.size() >= connectionsMax;
            if (!full) {
                connections.add(connection);
            }
        }
        if (full) {
            refuse(accepted);
            return;
        }
        try {
            connection.thread.start();
        } catch (OutOfMemoryError e) {
            // There are as many threads as there can be.
            connection.forget(false);
            throw e;
        }
    }

    private void refuse(SocketChannel accepted) {
        events.accept("a connection was refused: there are " + connectionsMax + " already");
        try (accepted) {
            Frame.write(
                    accepted,
                    AttachReply.refusal("the service has " + connectionsMax + " connections, and takes no more"));
        } catch (IOException e) {
            // Whoever it was did not wait to be refused.
        }
    }

    /** Takes no more connections. Those there are go on. */
    void stopAccepting() throws IOException {
        closed = true;
        socket.close();
    }

    /** Ends all connections but those of whoever asked for the end, and waits for their threads, within bounds. */
    @Override
    public void close() throws IOException {
        stopAccepting();
        List<Connection> open;
        synchronized (connections) {
            open = new ArrayList<>(connections);
        }
        for (Connection connection : open) {
            connection.end();
        }
        long deadlineNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(CLOSE_TIMEOUT_MS);
        for (Connection connection : open) {
            connection.awaitEnd(deadlineNs);
        }
    }

    /** Tells those who asked for the end how it went. */
    void tellStopped(ControlReply reply) {
        List<SocketChannel> waiting;
        synchronized (connections) {
            waiting = List.copyOf(stopping);
        }
        for (SocketChannel channel : waiting) {
            try {
                Frame.write(channel, reply.frame());
            } catch (IOException e) {
                // Gone before the end: nobody to tell.
            }
        }
    }

    /** One connection and the thread that reads from it. */
    private final class Connection {
        private final SocketChannel channel;
        private final Thread thread = newThread(this::run, "control-connection");

        Connection(SocketChannel channel) {
            this.channel = channel;
        }

        private void run() {
            boolean keep = false;
            try {
                List<String> frame = Frame.read(channel);
                if (frame != null && !frame.isEmpty()) {
                    keep = serve(frame);
                }
            } catch (IOException | RuntimeException e) {
                if (!closed) {
                    events.accept("a connection has failed: " + Problems.describe(e));
                }
            } finally {
                forget(keep);
            }
        }

        /** Whether the connection is to stay open. */
        private boolean serve(List<String> frame) throws IOException {
            String word = frame.get(0);
            if (word.equals(AttachRequest.WORD)) {
                attachment.serve(channel, frame);
                return false;
            }
            ControlCommand command = ControlCommand.of(word);
            if (command == null) {
                Frame.write(
                        channel,
                        ControlReply.failed(Errno.EINVAL, "the service does not know the command '" + word + "'")
                                .frame());
            } else if (command == ControlCommand.STOP) {
                synchronized (connections) {
                    // Before the end begins, which ends all that are among the others.
                    connections.remove(this);
                    stopping.add(channel);
                }
                stopRequest.run();
                return true;
            } else {
                runWatched(command, frame.subList(1, frame.size()));
            }
            return false;
        }

        /** Runs the command on another thread, and interrupts it if the one who asked goes away. */
        private void runWatched(ControlCommand command, List<String> arguments) throws IOException {
            Thread worker = newThread(() -> runAndAnswer(command, arguments), "control-" + command.word());
            worker.start();
            try {
                channel.read(ByteBuffer.allocate(1));
            } finally {
                worker.interrupt();
            }
        }

        private void runAndAnswer(ControlCommand command, List<String> arguments) {
            ControlReply reply = commands.run(command, arguments);
            reply.problems().forEach(problem -> events.accept(command.word() + ": " + problem));
            try {
                Frame.write(channel, reply.frame());
            } catch (IOException e) {
                // Nobody is there to hear it.
            }
        }

        private void forget(boolean keep) {
            synchronized (connections) {
                connections.remove(this);
            }
            if (!keep) {
                end();
            }
        }

        void end() {
            try {
                channel.close();
            } catch (IOException e) {
                events.accept("a connection cannot be closed: " + Problems.describe(e));
            }
        }

        void awaitEnd(long deadlineNs) {
            try {
                long leftMs = TimeUnit.NANOSECONDS.toMillis(deadlineNs - System.nanoTime());
                thread.join(Math.max(1, leftMs));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
