package org.dmuser.shim.fuse.stream;

import static org.dmuser.shim.fuse.stream.StreamRig.HEADER;
import static org.dmuser.shim.fuse.stream.StreamRig.answer;
import static org.dmuser.shim.fuse.stream.StreamRig.status;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.dmuser.channel.Errno;
import org.dmuser.channel.MessageQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** A daemon that opens, reads, writes and closes, in this process, through the kernel. */
final class StreamDirectoryTest {
    private static final int MIB = 1 << 20;
    private static final long SUCCESS = 0;
    private static final long ERROR = 1;

    @AutoClose
    private final StreamRig rig;

    StreamDirectoryTest() throws IOException {
        rig = new StreamRig();
    }

    @AfterEach
    void shouldHaveReportedNothing() {
        assertEquals(List.of(), List.copyOf(rig.errors));
    }

    @Test
    void shouldShowTheNamesThereAreAndNoOthers() throws Exception {
        assertEquals(List.of("vol"), names());
        for (int i = 0; i < 300; i++) {
            rig.nodes.add(new StreamNode(2 + i, "ä" + "n".repeat(120) + i, new MessageQueue()));
        }
        assertEquals(301, names().size());
        assertTrue(Files.exists(rig.directory.resolve("ä" + "n".repeat(120) + 299)));
        rig.nodes.subList(0, 300).clear();
        assertEquals(List.of("ä" + "n".repeat(120) + 299), names());
        assertThrows(NoSuchFileException.class, () -> Files.size(rig.file()));
        assertThrows(FileNotFoundException.class, () -> rig.open().close());
        assertTrue(Files.isDirectory(rig.directory));
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(rig.directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void shouldBelongToItsOwnerOnlyAndStayAsItIs() throws Exception {
        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(rig.directory)));
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(rig.file())));
        assertRefused(() -> Files.createFile(rig.directory.resolve("other")));
        assertRefused(() -> Files.createDirectory(rig.directory.resolve("other")));
        assertRefused(() -> Files.createSymbolicLink(rig.directory.resolve("other"), Path.of("vol")));
        assertRefused(() -> Files.delete(rig.file()));
        assertRefused(() -> Files.move(rig.file(), rig.directory.resolve("other")));
        assertEquals(List.of("vol"), names());
    }

    private interface Change {
        void make() throws IOException;
    }

    private static void assertRefused(Change change) {
        FileSystemException e = assertThrows(FileSystemException.class, change::make);
        assertTrue(e.getMessage().contains("Operation not permitted"), e::getMessage);
    }

    @Test
    void shouldCarryTheLongestMessageWhateverTheCalls() throws Exception {
        byte[] content = new byte[MIB];
        new Random(1).nextBytes(content);
        try (RandomAccessFile daemon = rig.open()) {
            var write = rig.write(ByteBuffer.allocateDirect(MIB).put(0, content));
            byte[] bytes = new byte[2 * MIB];
            assertEquals(HEADER, daemon.read(bytes, 0, bytes.length));
            assertEquals(MIB, daemon.read(bytes, 0, bytes.length), "the data and nothing behind it");
            assertArrayEquals(content, Arrays.copyOf(bytes, MIB));
            daemon.write(answer(0, SUCCESS, 0));
            assertEquals(Errno.OK, status(write));

            ByteBuffer data = ByteBuffer.allocateDirect(MIB);
            var read = rig.read(data);
            assertEquals(HEADER, daemon.read(bytes));
            byte[] answer = answer(1, SUCCESS, MIB);
            System.arraycopy(content, 0, answer, HEADER, MIB);
            daemon.write(answer);
            assertEquals(Errno.OK, status(read));
            assertEquals(ByteBuffer.wrap(content), data);
        }
    }

    @Test
    void shouldLetOneThreadWriteWhileAnotherWaitsInARead() throws Exception {
        ByteBuffer data = ByteBuffer.allocateDirect(512);
        var read = rig.read(data);
        try (RandomAccessFile daemon = rig.open()) {
            assertEquals(HEADER, daemon.read(new byte[HEADER]));
            CompletableFuture<Integer> waiting = inThread(() -> daemon.read(new byte[HEADER]));
            daemon.write(answer(0, ERROR, 0));
            assertEquals(Errno.EIO, status(read));
            assertFalse(waiting.isDone());
            rig.read(data);
            assertEquals(HEADER, waiting.get(120, TimeUnit.SECONDS));
        }
    }

    @Test
    void shouldHaveAChannelForEachThatIsOpen() throws Exception {
        ByteBuffer data = ByteBuffer.allocateDirect(512);
        RandomAccessFile first = rig.open();
        try (RandomAccessFile second = rig.open()) {
            assertEquals(2, rig.mount.openCount());
            var read = rig.read(data);
            assertEquals(HEADER, first.read(new byte[100]));
            second.write(answer(0, SUCCESS, 512), 0, HEADER);
            assertEquals(
                    "Invalid argument",
                    assertThrows(IOException.class, () -> second.write(1)).getMessage());
            assertFalse(read.isDone());
            first.close();
            assertEquals(Errno.EIO, status(read));
            var next = rig.read(data);
            assertEquals(HEADER, second.read(new byte[100]));
            assertFalse(next.isDone());
        } finally {
            first.close();
        }
    }

    @Test
    void shouldEndReadsWhenTheTargetIsGone() throws Exception {
        try (RandomAccessFile daemon = rig.open()) {
            CompletableFuture<Integer> waiting = inThread(() -> daemon.read(new byte[HEADER]));
            rig.nodes.clear();
            rig.queue.destroy();
            Throwable failure = assertThrows(Exception.class, () -> waiting.get(120, TimeUnit.SECONDS))
                    .getCause();
            assertEquals("Block device required", failure.getMessage());
            assertThrows(IOException.class, () -> daemon.read(new byte[HEADER]));
        }
    }

    @Test
    void shouldNotBeAppendedToNorMapped() throws Exception {
        FileSystemException e = assertThrows(
                FileSystemException.class,
                () -> Files.newOutputStream(rig.file(), StandardOpenOption.APPEND)
                        .close());
        assertTrue(e.getMessage().contains("Invalid argument"), e::getMessage);
        try (FileChannel daemon = FileChannel.open(rig.file(), StandardOpenOption.READ)) {
            assertThrows(IOException.class, () -> daemon.map(FileChannel.MapMode.READ_ONLY, 0, 4096));
        }
    }

    @Test
    void shouldNotOpenATargetThatIsBeingDestroyed() {
        rig.queue.destroy();
        FileNotFoundException e =
                assertThrows(FileNotFoundException.class, () -> rig.open().close());
        assertTrue(e.getMessage().contains("No such device"), e::getMessage);
    }

    @Test
    void shouldBeUnmountedByForceWhileADaemonWaits() throws Exception {
        try (RandomAccessFile daemon = rig.open()) {
            CompletableFuture<Integer> waiting = inThread(() -> daemon.read(new byte[HEADER]));
            rig.mount.close();
            assertThrows(Exception.class, () -> waiting.get(120, TimeUnit.SECONDS));
            assertTrue(rig.mount.awaitEnd(120, TimeUnit.SECONDS));
            assertEquals(0, rig.mount.openCount());
        }
    }

    private interface Call<T> {
        T make() throws IOException;
    }

    private static <T> CompletableFuture<T> inThread(Call<T> call) {
        CompletableFuture<T> result = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                result.complete(call.make());
            } catch (Throwable e) {
                result.completeExceptionally(e);
            }
        });
        thread.setDaemon(true);
        thread.start();
        return result;
    }
}
