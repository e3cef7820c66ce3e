package org.dmuser.shim.dm;

import static org.dmuser.shim.dm.DeviceMapperRig.path;
import static org.dmuser.shim.dm.DeviceMapperRig.sectors;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.dmuser.channel.Errno;
import org.dmuser.channel.RequestFlags;
import org.dmuser.shim.bio.BioOp;
import org.dmuser.shim.bio.Completion;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

class FileDeviceTest {
    private static final int SECTORS = 2000;

    @TempDir
    private Path directory;

    private final DeviceMapperRig rig = new DeviceMapperRig();
    private Path file;
    private MappedDevice device;

    @BeforeEach
    void createDevice() throws Exception {
        file = directory.resolve("disk image");
        byte[] content = new byte[SECTORS * 512 + 511];
        Arrays.fill(content, (byte) 1);
        Files.write(file, content);
        device = rig.create("a", "0 " + SECTORS + " linear " + TableLine.quoted(file.toString()) + " 0");
    }

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void shouldReadAndWriteTheFile() throws Exception {
        assertEquals(Errno.OK, Completion.write(device, 3, sectors(5, 7)).status());
        ByteBuffer read = sectors(7);
        assertEquals(Errno.OK, Completion.read(device, 2, read).status());

        byte[] expected = new byte[7 * 512];
        Arrays.fill(expected, 0, 512, (byte) 1);
        Arrays.fill(expected, 512, 6 * 512, (byte) 7);
        Arrays.fill(expected, 6 * 512, 7 * 512, (byte) 1);
        assertArrayEquals(expected, read.array());
        assertArrayEquals(expected, Arrays.copyOfRange(Files.readAllBytes(file), 2 * 512, 9 * 512));
    }

    @Test
    void shouldLeaveAFileToWhoeverHasIt() throws Exception {
        try (DeviceMapperRig other = new DeviceMapperRig()) {
            for (boolean readOnly : new boolean[] {true, false}) {
                DmException e = assertThrows(DmException.class, () -> map(other, "b" + readOnly, readOnly));
                assertEquals(Errno.EBUSY, e.errno());
                assertTrue(e.getMessage().contains(file + ": " + Errno.EBUSY.text()), e.getMessage());
            }
            rig.mapper().remove("a");
            MappedDevice free = map(other, "c", false);
            assertEquals(Errno.OK, Completion.write(free, 0, sectors(1, 9)).status());
        }
    }

    @Test
    void shouldShareAFileWithReadersUntilOneWrites() throws Exception {
        rig.mapper().remove("a");
        try (DeviceMapperRig other = new DeviceMapperRig()) {
            MappedDevice reader = map(other, "b", true);
            map(rig, "c", true);
            DmException e = assertThrows(DmException.class, () -> map(other, "d", false));
            assertEquals(Errno.EBUSY, e.errno());
            assertEquals(Errno.OK, Completion.read(reader, 0, sectors(1)).status());
            rig.mapper().remove("c");
            MappedDevice writer = map(other, "e", false);
            assertEquals(Errno.OK, Completion.write(writer, 0, sectors(1, 9)).status());
            assertThrows(DmException.class, () -> map(rig, "f", true));
        }
    }

    private MappedDevice map(DeviceMapperRig to, String name, boolean readOnly) throws DmException {
        MappedDevice mapped = to.mapper().create(name);
        to.mapper().load(name, "0 8 linear " + TableLine.quoted(file.toString()) + " 0", readOnly);
        mapped.resume(false);
        return mapped;
    }

    @Test
    void shouldFlushAndWriteThrough() throws Exception {
        assertEquals(Errno.OK, Completion.flush(device).status());
        assertEquals(
                Errno.OK,
                Completion.submit(device, BioOp.WRITE, RequestFlags.FUA, 0, 512, sectors(1))
                        .status());
    }

    @Test
    void shouldWriteZeroesAndPunchHoles() throws Exception {
        long length = (SECTORS - 2) * 512L;
        assertEquals(
                Errno.OK,
                Completion.submit(device, BioOp.WRITE_ZEROES, 0, 1, length, null)
                        .status());
        assertEquals(
                Errno.OK,
                Completion.submit(device, BioOp.DISCARD, 0, 0, 512, null).status());

        byte[] expected = new byte[SECTORS * 512 + 511];
        Arrays.fill(expected, (SECTORS - 1) * 512, expected.length, (byte) 1);
        assertArrayEquals(expected, Files.readAllBytes(file));
    }

    @Test
    void shouldFailASectorThatIsNone() throws Exception {
        rig.mapper().remove("a");
        byte[] before = Files.readAllBytes(file);
        try (FileDevice below = FileDevice.open(file, null, false, FileDeviceTest::fail)) {
            rig.add("below", below);
            for (long offset : List.of(-1L, -1L << 55)) {
                MappedDevice upper = rig.create("upper" + offset, "0 8 device below " + offset);
                assertEquals(
                        Errno.EIO, Completion.write(upper, 0, sectors(1, 9)).status());
            }
        }
        assertArrayEquals(before, Files.readAllBytes(file));
    }

    private static void fail(Throwable fault) {
        throw new AssertionError(fault);
    }

    @Test
    void shouldPrintThePathSoThatItCanBeLoadedAgain() throws Exception {
        String line = device.table(TableSlot.LIVE).get(0).toString();
        assertEquals("0 2000 linear " + directory + "/disk\\ image 0", line);

        rig.load("a", line);
        device.resume(false);
    }

    @Test
    void shouldRefuseATableThatReachesPastTheFile() throws Exception {
        rig.mapper().create("b");

        DmException thrown = assertThrows(
                DmException.class, () -> rig.load("b", "0 2001 linear " + TableLine.quoted(file.toString()) + " 0"));

        assertEquals(Errno.EINVAL, thrown.errno());
    }

    @Test
    void shouldRefuseWhatIsNeitherFileNorBlockDevice() throws Exception {
        for (String name : List.of(directory.toString(), "/dev/null")) {
            DmException thrown =
                    assertThrows(DmException.class, () -> rig.load("a", "0 1 linear " + name + " 0"), name);
            assertEquals(Errno.ENODEV, thrown.errno());
        }
    }

    static boolean isNotRoot() {
        return !"root".equals(System.getProperty("user.name"));
    }

    @Test
    @EnabledIf(value = "isNotRoot", disabledReason = "root may write what is read-only")
    void shouldTellWhenWritingIsNotPermitted() throws Exception {
        Path readOnly = Files.write(directory.resolve("ro"), new byte[512]);
        assertTrue(readOnly.toFile().setReadOnly());

        DmException thrown = assertThrows(DmException.class, () -> rig.load("a", "0 1 linear " + readOnly + " 0"));

        assertEquals(Errno.EACCES, thrown.errno());
        rig.mapper().load("a", "0 1 linear " + readOnly + " 0", true);
    }

    @Test
    void shouldBecomeWritableWhenATableNeedsIt() throws Exception {
        Path other = Files.write(directory.resolve("other"), new byte[512]);
        MappedDevice first = rig.mapper().create("first");
        rig.mapper().load("first", "0 1 linear " + other + " 0", true);
        first.resume(false);
        MappedDevice second = rig.create("second", "0 1 linear " + other + " 0");

        assertEquals(Errno.OK, Completion.write(second, 0, sectors(1, 3)).status());

        ByteBuffer read = sectors(1);
        assertEquals(Errno.OK, Completion.read(first, 0, read).status());
        assertEquals(3, read.get(0));
        assertEquals(Errno.EROFS, Completion.write(first, 0, sectors(1)).status());
        rig.mapper().remove("second");
        assertEquals(Errno.OK, Completion.read(first, 0, read).status());
    }

    @Test
    void shouldFailAndReportWhenTheFileBecomesShorter() throws Exception {
        try (RandomAccessFile shortened = new RandomAccessFile(file.toFile(), "rw")) {
            shortened.setLength(512);
        }

        assertEquals(Errno.EIO, Completion.read(device, 0, sectors(2)).status());

        List<Throwable> faults = rig.takeFaults();
        assertEquals(1, faults.size());
        assertTrue(faults.get(0).getMessage().startsWith(file + ": READ sector 0 length 1024"), faults.toString());
    }

    @Test
    void shouldEndWhatItCannotReport() throws Exception {
        rig.mapper().remove("a");
        Completion read = new Completion();
        read.bio().start(BioOp.READ, 0, 1, 512, sectors(1), read);
        try (FileDevice unheard = FileDevice.open(file, null, false, FileDeviceTest::fail);
                RandomAccessFile shortened = new RandomAccessFile(file.toFile(), "rw")) {
            shortened.setLength(512);
            assertThrows(AssertionError.class, () -> unheard.accept(read.bio()));
        }
        assertTrue(read.hasEnded());
        assertEquals(Errno.EIO, read.status());
    }

    @Test
    void shouldServeAnInterruptedThreadAndLeaveItInterrupted() throws Exception {
        Thread.currentThread().interrupt();
        Completion write = Completion.write(device, 0, sectors(1, 5));
        Completion flush = Completion.flush(device);
        Completion read = Completion.read(device, 0, sectors(1));
        assertTrue(Thread.interrupted());

        assertEquals(Errno.OK, write.status());
        assertEquals(Errno.OK, flush.status());
        assertEquals(Errno.OK, read.status());
    }

    @Test
    void shouldServeTheOthersWhenAThreadIsInterrupted() throws Exception {
        AtomicReference<Errno> failure = new AtomicReference<>(Errno.OK);
        CountDownLatch started = new CountDownLatch(1);
        Thread reader = new Thread(() -> {
            try {
                ByteBuffer data = sectors(SECTORS);
                for (int i = 0; i < 300; i++) {
                    started.countDown();
                    Errno status = Completion.read(device, 0, data).status();
                    failure.compareAndSet(Errno.OK, status);
                }
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
        reader.start();
        started.await();
        do {
            Thread.currentThread().interrupt();
            Completion write = Completion.write(device, 0, sectors(1, 5));
            assertTrue(Thread.interrupted());
            assertEquals(Errno.OK, write.status());
        } while (reader.isAlive());

        assertEquals(Errno.OK, failure.get());
    }

    @Test
    void shouldFindOurDevicesThroughLinks() throws Exception {
        Path link = Files.createSymbolicLink(directory.resolve("link"), Path.of(path("a")));
        Path second = Files.createSymbolicLink(directory.resolve("second"), Path.of("link"));
        Path loop = Files.createSymbolicLink(directory.resolve("loop"), Path.of("loop"));

        MappedDevice upper = rig.create("upper", "0 1 linear " + second + " 0", "1 1 linear " + link + " 1");

        assertEquals("0 1 linear 252:0 0", upper.table(TableSlot.LIVE).get(0).toString());
        assertEquals("1 1 linear 252:0 1", upper.table(TableSlot.LIVE).get(1).toString());
        assertThrows(DmException.class, () -> rig.load("upper", "0 1 linear " + loop + " 0"));
    }

    @Test
    void shouldCloseTheFileWithItsLastUser() throws Exception {
        rig.create("b", "0 1 linear " + TableLine.quoted(file.toString()) + " 0");
        rig.mapper().remove("a");
        assertTrue(isOpen(file));

        rig.mapper().remove("b");

        assertFalse(isOpen(file));
    }

    private static boolean isOpen(Path path) throws IOException {
        try (var descriptors = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
            for (Path descriptor : descriptors) {
                if (Files.isSymbolicLink(descriptor) && linkTarget(descriptor).equals(path)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static Path linkTarget(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor);
        } catch (IOException e) {
            return descriptor;
        }
    }
}
