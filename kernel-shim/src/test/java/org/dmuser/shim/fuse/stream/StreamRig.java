package org.dmuser.shim.fuse.stream;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.dmuser.channel.Errno;
import org.dmuser.channel.Message;
import org.dmuser.channel.MessageFlyweight;
import org.dmuser.channel.MessageQueue;
import org.dmuser.channel.RequestType;
import org.dmuser.shim.fuse.Fuse;
import org.dmuser.shim.fuse.FuseMount;
import org.dmuser.shim.fuse.MountOptions;
import org.dmuser.shim.os.Mounts;

/** A directory of channels, mounted, with one target to begin with. */
final class StreamRig implements AutoCloseable {
    static final int HEADER = MessageFlyweight.HEADER_LENGTH;

    final Queue<Throwable> errors = new ConcurrentLinkedQueue<>();
    final Queue<String> events = new ConcurrentLinkedQueue<>();
    final List<StreamNode> nodes = new CopyOnWriteArrayList<>();
    final MessageQueue queue = new MessageQueue();
    final Path directory;
    final FuseMount mount;

    StreamRig() throws IOException {
        Fuse.assumeAvailable();
        directory = Files.createTempDirectory("dmuser-test-").toRealPath();
        nodes.add(new StreamNode(1, "vol", queue));
        MountOptions options = MountOptions.of("stream-test").withPatienceMs(1_000);
        mount = StreamDirectory.mount(directory, () -> List.copyOf(nodes), options, errors::add, events::add);
    }

    Path file() {
        return directory.resolve("vol");
    }

    /** Opens the target's file, which makes it a channel. */
    RandomAccessFile open() throws IOException {
        return new RandomAccessFile(file().toFile(), "rw");
    }

    CompletableFuture<Errno> read(ByteBuffer data) {
        return submit(RequestType.READ, data);
    }

    CompletableFuture<Errno> write(ByteBuffer data) {
        return submit(RequestType.WRITE, data);
    }

    private CompletableFuture<Errno> submit(RequestType type, ByteBuffer data) {
        CompletableFuture<Errno> status = new CompletableFuture<>();
        Message message = new Message((ended, errno) -> status.complete(errno));
        queue.submit(message.prepare(type, 0, 8, data.capacity(), data));
        return status;
    }

    static Errno status(CompletableFuture<Errno> status) throws Exception {
        return status.get(120, TimeUnit.SECONDS);
    }

    /** Bytes of an answer with room for data behind it. */
    static byte[] answer(long seq, long response, int dataLength) {
        byte[] answer = new byte[HEADER + dataLength];
        ByteBuffer.wrap(answer).order(ByteOrder.nativeOrder()).putLong(seq).putLong(response);
        return answer;
    }

    @Override
    public void close() throws IOException {
        queue.destroy();
        try {
            mount.close();
        } finally {
            Mounts.detach(directory);
            Files.deleteIfExists(directory);
        }
    }
}
