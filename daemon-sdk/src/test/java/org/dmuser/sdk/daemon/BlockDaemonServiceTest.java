package org.dmuser.sdk.daemon;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.dmuser.channel.Errno;
import org.dmuser.channel.Message;
import org.dmuser.channel.MessageQueue;
import org.dmuser.channel.RequestType;
import org.dmuser.sdk.BlockHandler;
import org.dmuser.sdk.daemon.DaemonEnd.Cause;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Daemons on real memory channels. */
class BlockDaemonServiceTest {
    private static final int SECTORS = 2048;

    private final MessageQueue queue = new MessageQueue();
    private final byte[] disk = new byte[SECTORS * 512];
    private final List<String> reports = new CopyOnWriteArrayList<>();
    private final List<TestService> services = new ArrayList<>();
    private Path directory;
    private TestService service;

    @BeforeEach
    void start() throws IOException {
        directory = Files.createTempDirectory(Path.of("/dev/shm"), "dmuser-test-");
        serve();
    }

    private void serve() throws IOException {
        service = new TestService(directory, queue, SECTORS);
        services.add(service);
    }

    @AfterEach
    void stop() throws Exception {
        queue.destroy();
        for (TestService each : services) {
            each.close();
        }
        for (TestService each : services) {
            each.awaitEnd();
        }
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    @Test
    void shouldServeADeviceOverSeveralChannels() throws Exception {
        BlockDaemon daemon = launch(4);
        Random random = new Random(42);
        byte[] model = new byte[disk.length];
        for (int round = 0; round < 50; round++) {
            List<CompletableFuture<Errno>> writes = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                byte[] data = new byte[512 * (1 + random.nextInt(8))];
                random.nextBytes(data);
                int sector = i * 128 + random.nextInt(120);
                System.arraycopy(data, 0, model, sector * 512, data.length);
                writes.add(submit(RequestType.WRITE, sector, ByteBuffer.wrap(data)));
            }
            for (CompletableFuture<Errno> write : writes) {
                assertEquals(Errno.OK, write.get(120, TimeUnit.SECONDS));
            }
        }
        ByteBuffer all = ByteBuffer.allocate(disk.length);
        assertEquals(Errno.OK, submit(RequestType.READ, 0, all).get(120, TimeUnit.SECONDS));
        assertArrayEquals(model, all.array());
        queue.destroy();
        assertEquals(Cause.DEVICE_GONE, daemon.awaitEnd().cause());
        assertEquals(List.of(), reports);
    }

    @Test
    void shouldBeReplacedByAnOverlappingDaemonWithoutAnError() throws Exception {
        BlockDaemon old = launch(2);
        List<CompletableFuture<Errno>> flushes = new ArrayList<>();
        for (int handOver = 0; handOver < 10; handOver++) {
            flushes.addAll(flush(100));
            BlockDaemon next = launch(2);
            flushes.addAll(flush(100));
            old.stop();
            assertEquals(Cause.STOPPED, old.awaitEnd().cause());
            old = next;
        }
        for (CompletableFuture<Errno> flush : flushes) {
            assertEquals(Errno.OK, flush.get(120, TimeUnit.SECONDS));
        }
        old.close();
        assertEquals(List.of(), reports);
    }

    @Test
    void shouldEndWithAMessageWhenTheServiceDies() throws Exception {
        BlockDaemon daemon = launch(2);
        service.close();
        DaemonEnd end = daemon.awaitEnd();
        assertEquals(new DaemonEnd(Cause.SERVICE_LOST, "the service has died or was stopped"), end);
    }

    @Test
    void shouldComeBackWithTheService() throws Exception {
        BlockDaemon daemon =
                BlockDaemon.launch(context(1).reconnect(true).retry(Duration.ofMillis(1), Duration.ofMillis(10)));
        service.close();
        serve();
        assertEquals(Errno.OK, flush(1).get(0).get(120, TimeUnit.SECONDS));
        daemon.close();
        assertEquals(Cause.STOPPED, daemon.awaitEnd().cause());
    }

    @Test
    void shouldSayThatThereIsNoSuchDevice() {
        IOException e = assertThrows(
                IOException.class, () -> BlockDaemon.launch(context(1).device("nothing")));
        assertEquals("there is no device nothing", e.getMessage());
    }

    private List<CompletableFuture<Errno>> flush(int count) {
        return Stream.generate(() -> submit(RequestType.FLUSH, 0, null))
                .limit(count)
                .toList();
    }

    private CompletableFuture<Errno> submit(RequestType type, long sector, ByteBuffer data) {
        CompletableFuture<Errno> status = new CompletableFuture<>();
        Message message = new Message((ended, errno) -> assertTrue(status.complete(errno)));
        queue.submit(message.prepare(type, 0, sector, data == null ? 0 : data.capacity(), data));
        return status;
    }

    private BlockDaemon launch(int channels) throws IOException {
        return BlockDaemon.launch(context(channels));
    }

    private DaemonContext context(int channels) {
        return new DaemonContext()
                .controlSocket(service.socket())
                .device("disk")
                .handler("array", new ArrayHandler())
                .channels(channels)
                .closeTimeout(Duration.ofMinutes(10))
                .reports(reports::add);
    }

    /** All daemons share one disk. */
    private final class ArrayHandler implements BlockHandler {
        @Override
        public void read(long offset, ByteBuffer dst) {
            dst.put(disk, (int) offset, dst.remaining());
        }

        @Override
        public void write(long offset, ByteBuffer src) {
            src.get(disk, (int) offset, src.remaining());
        }

        @Override
        public void flush() {}
    }
}
