package org.dmuser.bench.jmh;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.dmuser.channel.AttachReply;
import org.dmuser.channel.AttachRequest;
import org.dmuser.channel.Frame;
import org.dmuser.channel.MemoryChannel;
import org.dmuser.channel.MessageQueue;
import org.dmuser.channel.Polling;
import org.dmuser.channel.Seats;

/** A memory channel and both its ends: the service's part of attaching, reduced to what one daemon needs. */
final class MemoryRig {
    private static final Path TMPFS = Path.of("/dev/shm");
    private static final String SOCKET = "control";
    private static final long EPOCH = 1;
    private static final long SECTORS = 2048;
    private static final long END_S = 10;

    private final MessageQueue queue;
    private final Path directory;
    private Process process;
    private MemoryChannel channel;
    private SocketChannel connection;

    private MemoryRig(MessageQueue queue, Path directory) {
        this.queue = queue;
        this.directory = directory;
    }

    /** Attaches a handler that does nothing to {@code queue}. */
    static MemoryRig open(MessageQueue queue, MemoryRoundTrip.Where where) throws IOException, InterruptedException {
        MemoryRig rig = new MemoryRig(queue, Files.createTempDirectory(TMPFS, "dmuser-bench-"));
        try {
            rig.attach(where);
            return rig;
        } catch (IOException | RuntimeException e) {
            rig.close();
            throw e;
        }
    }

    private void attach(MemoryRoundTrip.Where where) throws IOException {
        Path socket = directory.resolve(SOCKET);
        Seats seats = Seats.create(directory, Polling.ADAPTIVE);
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(socket));
            switch (where) {
                case THREAD -> start("daemon", () -> NullDaemon.serve(socket));
                case PROCESS -> process = startProcess(socket);
            }
            connection = server.accept();
        }
        AttachRequest request = AttachRequest.parse(Frame.read(connection));
        Path file = directory.resolve(request.device());
        channel = MemoryChannel.open(file, "benchmark", queue, EPOCH, SECTORS, false, seats, MemoryRig::fail);
        start("channel", channel::serve);
        Frame.write(connection, new AttachReply(request.device(), file, EPOCH).frame());
    }

    private static void fail(String report) {
        throw new IllegalStateException(report);
    }

    private static void start(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    private static Process startProcess(Path socket) throws IOException {
        List<String> words = new ArrayList<>();
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        words.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        words.addAll(
                List.of("-cp", System.getProperty("java.class.path"), NullDaemon.class.getName(), socket.toString()));
        return new ProcessBuilder(words).inheritIO().start();
    }

    /** Ends everything, and deletes what there is. */
    void close() throws IOException, InterruptedException {
        queue.destroy();
        if (channel != null) {
            channel.awaitEnd();
        }
        if (connection != null) {
            connection.close();
        }
        if (process != null && !process.waitFor(END_S, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
