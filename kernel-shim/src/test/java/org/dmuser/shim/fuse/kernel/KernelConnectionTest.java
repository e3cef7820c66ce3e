package org.dmuser.shim.fuse.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.agrona.BufferUtil;
import org.dmuser.channel.Errno;
import org.dmuser.shim.file.BlockFile;
import org.dmuser.shim.file.MemoryDevice;
import org.dmuser.shim.fuse.DeviceNode;
import org.dmuser.shim.fuse.Fuse;
import org.dmuser.shim.fuse.MountException;
import org.dmuser.shim.fuse.MountOptions;
import org.dmuser.shim.fuse.protocol.AttrOut;
import org.dmuser.shim.fuse.protocol.InHeader;
import org.dmuser.shim.fuse.protocol.InitFlags;
import org.dmuser.shim.fuse.protocol.Opcode;
import org.dmuser.shim.fuse.protocol.OutHeader;
import org.dmuser.shim.os.IoVector;
import org.dmuser.shim.os.MountEntry;
import org.dmuser.shim.os.MountTable;
import org.dmuser.shim.os.Mounts;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A mount as far as its first request, and to its end. */
final class KernelConnectionTest {
    private static final int SIZE = 1024 * 1024;
    private static final ConnectionOptions USUAL = ConnectionOptions.USUAL;

    private final MemoryDevice device = new MemoryDevice(SIZE);
    private final DeviceNode node = new DeviceNode(new BlockFile(device), () -> {});
    private final ByteBuffer vector = ByteBuffer.allocateDirect(IoVector.LENGTH);
    private final ByteBuffer memory = ByteBuffer.allocateDirect(2 * 1024 * 1024).order(ByteOrder.nativeOrder());
    private final long address = BufferUtil.address(memory);
    private Path directory;
    private Path path;

    @BeforeEach
    void makeFile() throws IOException {
        Fuse.assumeAvailable();
        directory = Files.createTempDirectory("dmuser-test-").toRealPath();
        path = Files.createFile(directory.resolve("a, b\\disk"));
    }

    @AfterEach
    void leaveNothing() throws IOException {
        if (directory != null) {
            Mounts.detach(path);
            Files.delete(path);
            Files.delete(directory);
        }
    }

    @Test
    void shouldAgreeOnWhatTheKernelHas() throws Exception {
        try (KernelConnection connection = mount(USUAL)) {
            MountEntry entry = MountTable.at(path).orElseThrow();
            assertEquals("fuse.dmuser", entry.type());
            assertEquals("dmuser:a,b", entry.source());
            assertFalse(entry.readOnly());
            assertTrue((connection.flags() & InitFlags.ASYNC_DIO) != 0);
            assertTrue((connection.flags() & InitFlags.MAX_PAGES) != 0);
            assertEquals(0, connection.flags() & InitFlags.REQUEST_TIMEOUT);
            assertEquals(SIZE, connection.maxWrite());
        }
    }

    @Test
    void shouldDoWithWhatAnOlderKernelHas() throws Exception {
        long hidden = InitFlags.MAX_PAGES | InitFlags.INIT_EXT | InitFlags.ASYNC_DIO;
        try (KernelConnection connection = mount(USUAL.withHiddenFlags(hidden))) {
            assertEquals(0, connection.flags() & (hidden | InitFlags.DIRECT_IO_ALLOW_MMAP));
            assertEquals(128 * 1024, connection.maxWrite());
            assertAnswers(connection.polledFd());
        }
    }

    @Test
    void shouldTakeATimeoutWhereThereIsOne() throws Exception {
        try (KernelConnection connection = mount(USUAL.withRequestTimeoutS(600))) {
            assertAnswers(connection.sleepingFd());
        }
    }

    @Test
    void shouldTakeRequestsFromEitherDescriptor() throws Exception {
        try (KernelConnection connection = mount(USUAL)) {
            assertEquals(-Errno.EAGAIN.number(), read(connection.polledFd()));
            assertAnswers(connection.sleepingFd());
            assertAnswers(connection.polledFd());
        }
    }

    @Test
    void shouldEndBothReadersWhenItIsUnmounted() throws Exception {
        try (KernelConnection connection = mount(USUAL)) {
            CompletableFuture<Long> sleeper = inBackground(() -> read(connection.sleepingFd()));
            assertEquals(Errno.OK, Mounts.unmount(path));
            assertEquals(-Errno.ENODEV.number(), sleeper.get(120, TimeUnit.SECONDS));
            assertEquals(-Errno.ENODEV.number(), read(connection.polledFd()));
        }
    }

    @Test
    void shouldAnswerThatNobodyServesItOnceItIsClosed() throws Exception {
        KernelConnection connection = mount(USUAL);
        CompletableFuture<Errno> waiting = inBackground(() -> Mounts.probe(path));
        assertEquals(Opcode.GETATTR, receive(connection.sleepingFd()));
        connection.close();
        assertNotEquals(Errno.OK, waiting.get(120, TimeUnit.SECONDS));
        assertEquals(Errno.ENOTCONN, Mounts.probe(path));
    }

    @Test
    void shouldCloseEachDescriptorOnce() throws Exception {
        long before = descriptors();
        KernelConnection connection = mount(USUAL);
        assertEquals(before + 2, descriptors());
        connection.close();
        assertEquals(before, descriptors());
        // They are given the numbers that have become free.
        int first = FuseDevice.open();
        int second = FuseDevice.open();
        connection.close();
        assertEquals(before + 2, descriptors());
        FuseDevice.close(first);
        FuseDevice.close(second);
    }

    @Test
    void shouldMountReadOnlyWhatIsReadOnly() throws Exception {
        device.readOnly(true);
        try (KernelConnection connection = mount(USUAL)) {
            assertTrue(MountTable.at(path).orElseThrow().readOnly());
            assertAnswers(connection.polledFd());
        }
    }

    @Test
    void shouldMountByTheHelper() throws Exception {
        assumeHelper();
        long before = descriptors();
        device.readOnly(true);
        try (KernelConnection connection = mount(USUAL.withHelperOnly())) {
            assertEquals(before + 2, descriptors());
            MountEntry entry = MountTable.at(path).orElseThrow();
            assertEquals("fuse.dmuser", entry.type());
            assertEquals("dmuser:a,b", entry.source());
            assertTrue(entry.readOnly());
            assertEquals(-Errno.EAGAIN.number(), read(connection.polledFd()));
            assertAnswers(connection.polledFd());
            assertAnswers(connection.sleepingFd());
        }
        assertEquals(before, descriptors());
    }

    @Test
    void shouldSayWhatTheHelperSays() throws Exception {
        assumeHelper();
        long before = descriptors();
        MountException e = assertThrows(
                MountException.class,
                () -> KernelConnection.mount(
                        directory.resolve("none"), MountOptions.of("none"), node.root(), USUAL.withHelperOnly()));
        assertEquals(Errno.EPERM, e.errno());
        assertTrue(e.getMessage().contains("none: fusermount3: "), e::getMessage);
        assertTrue(e.getMessage().contains("No such file or directory"), e::getMessage);
        assertEquals(before, descriptors());
    }

    @Test
    void shouldSayWhatTheKernelSays() throws Exception {
        long before = descriptors();
        MountException e = assertThrows(
                MountException.class,
                () -> KernelConnection.mount(directory.resolve("none"), MountOptions.of("none"), node.root(), USUAL));
        assertEquals(Errno.ENOENT, e.errno());
        assertTrue(e.getMessage().endsWith("none: No such file or directory"), e::getMessage);
        assertEquals(before, descriptors());
    }

    @Test
    void shouldLeaveNothingWhenItIsNotUnderstood() throws Exception {
        long before = descriptors();
        assertThrows(IllegalArgumentException.class, () -> mount(USUAL.withRequestTimeoutS(-1)));
        assertTrue(MountTable.at(path).isEmpty());
        assertEquals(before, descriptors());
    }

    private KernelConnection mount(ConnectionOptions options) throws MountException {
        return KernelConnection.mount(path, MountOptions.of("a,b"), node.root(), options);
    }

    /** Asks for the file's attributes and answers by way of {@code fd}. */
    private void assertAnswers(int fd) throws Exception {
        CompletableFuture<Errno> asked = inBackground(() -> Mounts.probe(path));
        assertEquals(Opcode.GETATTR, receive(fd));
        long unique = InHeader.unique(address);
        AttrOut.clear(address + OutHeader.LENGTH);
        AttrOut.putMode(address + OutHeader.LENGTH, node.mode());
        OutHeader.putOk(address, unique, AttrOut.LENGTH);
        int length = OutHeader.LENGTH + AttrOut.LENGTH;
        IoVector.put(BufferUtil.address(vector), 0, address, length);
        assertEquals(length, FuseDevice.writev(fd, BufferUtil.address(vector), 1));
        assertEquals(Errno.OK, asked.get(120, TimeUnit.SECONDS));
        assertEquals(-Errno.ENOENT.number(), FuseDevice.writev(fd, BufferUtil.address(vector), 1));
    }

    /** Waits for a request, without sleeping where {@code fd} does not; answers its opcode. */
    private int receive(int fd) {
        long length;
        do {
            length = read(fd);
        } while (length == -Errno.EAGAIN.number());
        assertEquals(InHeader.len(address), length);
        return InHeader.opcode(address);
    }

    private long read(int fd) {
        IoVector.put(BufferUtil.address(vector), 0, address, memory.capacity());
        return FuseDevice.readv(fd, BufferUtil.address(vector), 1);
    }

    private static <T> CompletableFuture<T> inBackground(Supplier<T> call) {
        CompletableFuture<T> result = new CompletableFuture<>();
        Thread thread = new Thread(() -> result.complete(call.get()), "background");
        thread.setDaemon(true);
        thread.start();
        return result;
    }

    /** How many descriptors of {@code /dev/fuse} this process has open. */
    private static long descriptors() throws IOException {
        try (Stream<Path> all = Files.list(Path.of("/proc/self/fd"))) {
            return all.filter(KernelConnectionTest::isFuse).count();
        }
    }

    private static boolean isFuse(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).equals(Path.of("/dev/fuse"));
        } catch (IOException e) {
            // The one that lists them.
            return false;
        }
    }

    private static void assumeHelper() {
        assumeTrue(
                Stream.of(System.getenv("PATH").split(":"))
                        .anyMatch(place -> Files.isExecutable(Path.of(place, "fusermount3"))),
                "needs fusermount3");
    }
}
