package org.dmuser.examples.backup;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.dmuser.channel.SmallMemory;
import org.dmuser.examples.backup.moment.FrozenDevice;
import org.dmuser.examples.backup.moment.MomentBrokenException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tracking file and copy on a disk that gets full, a small tmpfs; the origin is elsewhere. */
class FullDiskTest {
    private static final int SIZE = 64 << 16;

    @TempDir
    private Path directory;

    private SmallMemory memory;
    private Path small;

    @BeforeEach
    void mount() throws Exception {
        memory = SmallMemory.mount("1M");
        small = memory.directory();
    }

    @AfterEach
    void unmount() throws Exception {
        if (memory != null) {
            memory.close();
        }
    }

    @Test
    void shouldBreakTheMomentAndNotTheDeviceWhenTheCopyHasNoRoom() throws IOException {
        try (BackupRig rig = new BackupRig(directory, small.resolve("disk.tracking"), SIZE)) {
            byte[] old = new byte[SIZE];
            // Zeros would take no room.
            Arrays.fill(old, (byte) 1);
            Files.write(rig.origin, old);
            BackupHandler handler = rig.open();
            ByteBuffer all = ByteBuffer.allocate(SIZE);
            for (int i = 0; i < SIZE; i += Long.BYTES) {
                all.putLong(i, i);
            }
            try (FrozenDevice frozen = rig.freeze()) {
                handler.write(0, all.slice(0, 512));
                assertArrayEquals(Arrays.copyOf(old, 512), rig.read(frozen, 0, 512));
                handler.write(0, all);
                String message = assertThrows(MomentBrokenException.class, () -> rig.read(frozen, 0, 512))
                        .getMessage();
                assertTrue(message.startsWith("what was on the device could not be kept in " + small), message);
                assertTrue(message.contains("make room there"), message);
                // Whoever shares the disk with it, the origin perhaps, has the room again at once.
                assertEquals(0, Files.size(small.resolve("disk.tracking.moment").resolve("copy")));
            }
            assertArrayEquals(all.array(), Files.readAllBytes(rig.origin));
            try (FrozenDevice frozen = rig.freeze()) {
                assertArrayEquals(all.array(), rig.read(frozen, 0, SIZE));
            }
        }
    }

    @Test
    void shouldSayThatThereIsNoRoom() throws IOException {
        Files.write(small.resolve("ballast"), new byte[1000 << 10]);
        try (BackupRig rig = new BackupRig(directory, small.resolve("disk.tracking"), SIZE)) {
            assertEquals(
                    "tracking file " + rig.tracking + " cannot be made: No space left on device",
                    assertThrows(IOException.class, rig::open).getMessage());
            rig.stop();
            try (var files = Files.list(small)) {
                assertEquals(1, files.count());
            }
            Files.delete(small.resolve("ballast"));
            rig.open();
            fill(small.resolve("ballast"));
            String message = assertThrows(IOException.class, rig::freeze).getMessage();
            assertTrue(message.contains("No space left on device"), message);
            Files.delete(small.resolve("ballast"));
            rig.point();
        }
    }

    private static void fill(Path file) throws IOException {
        try (var out = Files.newOutputStream(file)) {
            while (true) {
                out.write(new byte[4096]);
            }
        } catch (IOException e) {
            assertEquals("No space left on device", e.getMessage());
        }
    }
}
