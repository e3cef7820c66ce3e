package org.dmuser.examples.backup;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.dmuser.examples.DiskModel;
import org.dmuser.examples.backup.moment.FrozenDevice;
import org.dmuser.examples.backup.moment.FrozenDevices;
import org.dmuser.examples.backup.moment.MomentBrokenException;
import org.dmuser.examples.backup.tracking.DeviceInUseException;
import org.dmuser.examples.backup.tracking.Tracking;
import org.dmuser.examples.backup.tracking.TrackingPoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BackupHandlerTest {
    private static final int BLOCK = Tracking.BLOCK_SIZE;
    private static final int CHUNK = 4 * BLOCK;

    /** The last block is short. */
    private static final int SIZE = 40 * BLOCK + 1536;

    @TempDir
    private Path directory;

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void shouldHoldWhatAnArrayWould(long seed) throws IOException {
        try (BackupRig rig = new BackupRig(directory, SIZE)) {
            BackupHandler handler = rig.open();
            assertEquals(SIZE, handler.size());
            DiskModel model = new DiskModel(SIZE, seed);
            model.run(handler, 100, true);
            try (FrozenDevice frozen = rig.freeze()) {
                model.run(handler, 100, true);
                rig.read(frozen, 0, 512);
            }
            model.run(handler, 20, true);
        }
        assertFalse(Files.exists(directory.resolve("disk.tracking.moment")));
        assertFalse(Files.exists(directory.resolve("disk.tracking.control")));
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void shouldShowTheMomentWhateverIsWritten(long seed) throws IOException {
        Random random = new Random(seed);
        try (BackupRig rig = new BackupRig(directory, SIZE)) {
            BackupHandler handler = rig.open();
            change(handler, random, 50);
            TrackingPoint base = rig.point();
            byte[] atBase = Files.readAllBytes(rig.origin);
            change(handler, random, 5);
            byte[] expected = Files.readAllBytes(rig.origin);
            try (FrozenDevice frozen = random.nextBoolean() ? rig.freeze(base) : rig.freeze()) {
                assertEquals(SIZE, frozen.size());
                byte[] image = frozen.base().isPresent() ? atBase.clone() : new byte[SIZE];
                for (int i = 0; i < 300; i++) {
                    change(handler, random, 1);
                    readSome(rig, frozen, random, expected);
                }
                readAllOnce(rig, frozen, handler, random, image);
                assertArrayEquals(expected, image);
            }
        }
    }

    private static void change(BackupHandler handler, Random random, int count) throws IOException {
        for (int i = 0; i < count; i++) {
            int length = 512 * (1 + random.nextInt(random.nextInt(4) == 0 ? 400 : 16));
            int offset = 512 * random.nextInt((SIZE - length) / 512 + 1);
            switch (random.nextInt(6)) {
                case 0 -> handler.discard(offset, length);
                case 1 -> handler.writeZeroes(offset, length);
                case 2 -> handler.writeFua(offset, content(random, length));
                default -> handler.write(offset, content(random, length));
            }
        }
    }

    private static ByteBuffer content(Random random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return ByteBuffer.wrap(bytes);
    }

    private static void readSome(BackupRig rig, FrozenDevice frozen, Random random, byte[] expected)
            throws IOException {
        int offset = (int) frozen.changed().next(random.nextInt(SIZE));
        if (offset >= 0) {
            int length = 1 + random.nextInt(Math.min(SIZE, (offset / CHUNK + 1) * CHUNK) - offset);
            assertArrayEquals(Arrays.copyOfRange(expected, offset, offset + length), rig.read(frozen, offset, length));
        }
    }

    /** As a backup does it: each block once, and then it may be written over. */
    private static void readAllOnce(
            BackupRig rig, FrozenDevice frozen, BackupHandler handler, Random random, byte[] image) throws IOException {
        long read = 0;
        for (long at = frozen.changed().next(0); at >= 0; at = frozen.changed().next(at)) {
            int length = (int) Math.min(CHUNK, SIZE - at);
            System.arraycopy(rig.read(frozen, (int) at, length), 0, image, (int) at, length);
            frozen.done(at, length);
            change(handler, random, 1);
            read += length;
            at += length;
            if (at >= SIZE) {
                break;
            }
        }
        assertEquals(frozen.changed().bytes(), read);
    }

    @Test
    void shouldKeepOnlyThePiecesThatAWriteTouches() throws IOException {
        Path map = directory.resolve("disk.tracking.moment").resolve("map");
        try (BackupRig rig = new BackupRig(directory, SIZE)) {
            BackupHandler handler = rig.open();
            byte[] old = new byte[SIZE];
            new Random(1).nextBytes(old);
            handler.write(0, ByteBuffer.wrap(old));
            try (FrozenDevice frozen = rig.freeze()) {
                assertEquals(0, frozen.requests());
                handler.write(3 * 4096 - 512, ByteBuffer.allocate(1024));
                // Across a block and a chunk.
                handler.writeZeroes(CHUNK - 512, 4096);
                handler.discard(SIZE - 512, 512);
                BitSet kept = new BitSet();
                IntStream.of(2, 3, CHUNK / 4096 - 1, CHUNK / 4096, SIZE / 4096).forEach(kept::set);
                ByteBuffer bits = ByteBuffer.wrap(Files.readAllBytes(map), 4096, (SIZE / CHUNK + 1) * Long.BYTES);
                assertEquals(kept, BitSet.valueOf(bits));
                handler.read(0, ByteBuffer.allocate(512));
                assertEquals(4, frozen.requests());
                assertArrayEquals(old, rig.read(frozen, 0, SIZE));
                for (int offset : new int[] {0, 3 * 4096 - 1, CHUNK - 1, CHUNK + 511, SIZE - 1025}) {
                    assertArrayEquals(Arrays.copyOfRange(old, offset, offset + 1025), rig.read(frozen, offset, 1025));
                }
            }
        }
    }

    @Test
    void shouldReportWhatHasChangedAndNothingElse() throws IOException {
        try (BackupRig rig = new BackupRig(directory, SIZE)) {
            BackupHandler handler = rig.open();
            TrackingPoint base = rig.point();
            handler.write(CHUNK - 512, ByteBuffer.allocate(1024));
            handler.discard(SIZE - 512, 512);
            assertChanged(rig, base, 0, CHUNK, 10 * CHUNK);
            handler.writeZeroes(3 * CHUNK + BLOCK, 512);
            assertChanged(rig, base, 0, CHUNK, 3 * CHUNK, 10 * CHUNK);
            TrackingPoint later = rig.point();
            assertChanged(rig, later);
            rig.stop();
            // At rest, and opened again.
            assertChanged(rig, base, 0, CHUNK, 3 * CHUNK, 10 * CHUNK);
            rig.open().write(2 * CHUNK - 512, ByteBuffer.allocate(512));
            assertChanged(rig, later, CHUNK);
        }
    }

    /** By chunks of the repository, of which each is read as a whole or not at all. */
    private static void assertChanged(BackupRig rig, TrackingPoint base, int... offsets) throws IOException {
        try (FrozenDevice frozen = rig.freeze(base)) {
            assertEquals(base, frozen.base().orElseThrow());
            assertEquals("", frozen.whyNoBase());
            long at = 0;
            for (int offset : offsets) {
                assertEquals(offset, frozen.changed().next(at));
                at = offset + (long) CHUNK;
            }
            assertEquals(-1, at >= SIZE ? -1 : frozen.changed().next(at));
        }
    }

    @Test
    void shouldHaveOneMomentAtATime() throws IOException {
        try (BackupRig rig = new BackupRig(directory, SIZE)) {
            rig.open();
            try (FrozenDevice frozen = rig.freeze()) {
                assertEquals(
                        "a backup of this device is under way already; wait until it has ended",
                        assertThrows(DeviceInUseException.class, rig::freeze).getMessage());
                rig.read(frozen, 0, 512);
            }
            rig.point();
        }
    }

    @Test
    void shouldEndTheMomentWithTheDaemon() throws IOException {
        try (BackupRig rig = new BackupRig(directory, SIZE)) {
            rig.open();
            try (FrozenDevice frozen = rig.freeze()) {
                rig.stop();
                assertThrows(MomentBrokenException.class, () -> rig.read(frozen, 0, 512));
                rig.open().write(0, ByteBuffer.allocate(512));
                assertThrows(MomentBrokenException.class, () -> rig.read(frozen, 0, 512));
            }
            rig.point();
        }
    }

    @Test
    void shouldReadAnImageThatNobodyTracks() throws IOException {
        byte[] content = new byte[1000];
        new Random(1).nextBytes(content);
        Path image = Files.write(directory.resolve("plain.img"), content);
        try (FrozenDevice frozen = FrozenDevices.freeze(image, List.of())) {
            assertEquals(1000, frozen.size());
            assertTrue(frozen.point().isEmpty());
            assertEquals("nothing tracks what changes in " + image, frozen.whyNoBase());
            ByteBuffer read = ByteBuffer.allocate(1000);
            frozen.read(0, read);
            assertArrayEquals(content, read.array());
        }
        assertTrue(assertThrows(IOException.class, () -> FrozenDevices.freeze(directory, List.of()))
                .getMessage()
                .contains("is a directory"));
        assertTrue(assertThrows(IOException.class, () -> FrozenDevices.freeze(directory.resolve("x"), List.of()))
                .getMessage()
                .contains("does not exist"));
    }
}
