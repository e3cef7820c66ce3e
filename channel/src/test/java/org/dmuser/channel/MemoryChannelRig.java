package org.dmuser.channel;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Both ends of memory channels in one JVM, with the service's part of attaching reduced to what it needs. */
final class MemoryChannelRig implements ChannelRig {
    private final MessageQueue queue;
    private final RigDirectory directory;
    private final ServerSocketChannel server;
    private final List<Thread> threads = new CopyOnWriteArrayList<>();
    private final List<MemoryDaemon> daemons = new ArrayList<>();
    final List<String> reports = new CopyOnWriteArrayList<>();
    private final List<SocketChannel> connections = new CopyOnWriteArrayList<>();
    private final CountDownLatch closing = new CountDownLatch(1);
    private long epoch;

    MemoryChannelRig() throws IOException {
        this(false);
    }

    MemoryChannelRig(boolean reissue) throws IOException {
        this(RigDirectory.make(), reissue);
    }

    /** In a directory that the rig deletes at its end. */
    MemoryChannelRig(Path directory) throws IOException {
        this(RigDirectory.at(directory), false);
    }

    private MemoryChannelRig(RigDirectory directory, boolean reissue) throws IOException {
        this.queue = new MessageQueue(reissue);
        this.directory = directory;
        try {
            server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            server.bind(UnixDomainSocketAddress.of(control()));
        } catch (IOException | RuntimeException e) {
            directory.close();
            throw e;
        }
    }

    Path directory() {
        return directory.path();
    }

    private Path control() {
        return directory().resolve("control");
    }

    /** For what takes all slots; a test that does is skipped where there is no memory for them. */
    void assumeRoomForAllSlots() {
        assumeTrue(directory.hasRoom(), "needs 256 MiB in /dev/shm, or root to mount a tmpfs");
    }

    @Override
    public MessageQueue queue() {
        return queue;
    }

    @Override
    public int beginMax() {
        return ChannelFileDescriptor.SLOTS;
    }

    @Override
    public MemoryDaemon attach() throws Exception {
        MemoryDaemon daemon = attachSilently();
        daemon.serve(() -> {});
        return daemon;
    }

    /** Attaches a daemon whose handler comes back from no message until the rig is closed. */
    MemoryDaemon attachHanging() throws Exception {
        MemoryDaemon daemon = attachSilently();
        daemon.serve(() -> Uninterrupted.run(closing::await));
        return daemon;
    }

    /** Attaches a daemon that takes nothing until it is told to serve. */
    MemoryDaemon attachSilently() throws Exception {
        CompletableFuture<MemoryChannel> service = new CompletableFuture<>();
        start(() -> {
            try {
                service.complete(accept());
            } catch (IOException e) {
                service.completeExceptionally(e);
            }
        });
        DaemonChannel end = DaemonChannel.attach(control(), "test", "test-handler", Polling.ADAPTIVE);
        MemoryDaemon daemon = new MemoryDaemon(end, service.get(ChannelRig.limitNs(), TimeUnit.NANOSECONDS));
        daemons.add(daemon);
        return daemon;
    }

    @Override
    public void attachRefused() throws IOException {
        CompletableFuture<DaemonChannel> daemon = new CompletableFuture<>();
        start(() -> {
            try {
                daemon.complete(DaemonChannel.attach(control(), "test", "test-handler", Polling.ADAPTIVE));
            } catch (IOException e) {
                daemon.completeExceptionally(e);
            }
        });
        try {
            accept().close();
        } catch (IOException e) {
            // The daemon is told the same, which is what the test looks at.
        }
        try {
            daemon.get(ChannelRig.limitNs(), TimeUnit.NANOSECONDS).close();
        } catch (ExecutionException e) {
            throw (IOException) e.getCause();
        } catch (InterruptedException | TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    /** What a killed service does to its daemons. */
    void breakConnections() throws IOException {
        for (SocketChannel connection : connections) {
            connection.shutdownOutput();
        }
    }

    private MemoryChannel accept() throws IOException {
        SocketChannel connection = server.accept();
        connections.add(connection);
        AttachRequest request = AttachRequest.parse(Frame.read(connection));
        Path file = directory().resolve(request.device() + "." + ++epoch);
        MemoryChannel channel;
        try {
            channel = MemoryChannel.open(
                    file, "test-handler", queue, epoch, 2048, false, Seats.ofProcess(), reports::add);
        } catch (IOException e) {
            Frame.write(connection, AttachReply.refusal(e.getMessage()));
            connection.close();
            throw e;
        }
        Frame.write(connection, new AttachReply(request.device(), file, epoch).frame());
        start(() -> {
            channel.serve();
            closeQuietly(connection);
        });
        start(() -> {
            awaitEnd(connection);
            channel.close(ChannelEnd.CLOSED, "its daemon has gone");
        });
        return channel;
    }

    private static void awaitEnd(SocketChannel connection) {
        try {
            if (Frame.read(connection) != null) {
                throw new IllegalStateException("a daemon says nothing after it has attached");
            }
        } catch (IOException e) {
            // A broken connection has ended as well.
        }
    }

    private static void closeQuietly(SocketChannel connection) {
        try {
            connection.close();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private void start(Runnable work) {
        Thread thread = new Thread(work, "rig");
        thread.setDaemon(true);
        threads.add(thread);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        try (directory) {
            end();
        }
    }

    private void end() throws IOException {
        closing.countDown();
        queue.destroy();
        for (MemoryDaemon daemon : daemons) {
            daemon.close();
        }
        server.close();
        for (Thread thread : threads) {
            if (!Uninterrupted.join(thread, ChannelRig.limitNs())) {
                throw new AssertionError("a thread of the channel does not end");
            }
        }
    }

    /** A daemon in this JVM, with both ends of its channel in view. */
    final class MemoryDaemon implements Daemon {
        final DaemonChannel end;
        final MemoryChannel channel;
        private final BegunMessages begun = new BegunMessages();
        private final CompletableFuture<ChannelEnd> ended = new CompletableFuture<>();

        MemoryDaemon(DaemonChannel end, MemoryChannel channel) {
            this.end = end;
            this.channel = channel;
            start(end::awaitServiceEnd);
        }

        /** What the daemon's serving thread came back with. */
        ChannelEnd serveEnd() {
            return ended.join();
        }

        void serve(Runnable afterEach) {
            start(() -> ended.complete(end.serve(message -> {
                begun.add(message);
                afterEach.run();
            })));
        }

        @Override
        public BegunMessages begun() {
            return begun;
        }

        @Override
        public void stopTaking() {
            end.stop();
            ended.join();
        }

        @Override
        public boolean isIdle() {
            return true;
        }

        @Override
        public void close() {
            end.close();
            Uninterrupted.run(channel::awaitEnd);
        }

        @Override
        public ChannelEnd awaitEnd() {
            Uninterrupted.run(channel::awaitEnd);
            return ended.join();
        }
    }
}
