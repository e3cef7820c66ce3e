package org.dmuser.examples.backup.work;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.dmuser.channel.SmallMemory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A target on a disk that gets full. */
class RestoreTargetTest {
    private static final int SIZE = 2 << 20;
    private static final int PIECE = 256 << 10;
    private static final long SEED = 20261121;

    private final byte[] content = Images.randomBytes(new Random(SEED), SIZE);
    private SmallMemory memory;

    @BeforeEach
    void mount() throws Exception {
        memory = SmallMemory.mount("1m");
    }

    @AfterEach
    void unmount() throws Exception {
        if (memory != null) {
            memory.close();
        }
    }

    @Test
    void shouldSayThatTheDiskIsFullAndGoOnWhenThereIsRoom() throws Exception {
        Path directory = memory.directory();
        Path disk = directory.resolve("disk");
        Path partial = directory.resolve("disk.partial");
        try (RestoreTarget target = RestoreTarget.open(disk, SIZE, false)) {
            assertTrue(target.isFresh());
            assertEquals(
                    partial + ": No space left on device; run the command again to go on",
                    assertThrows(IOException.class, () -> fill(target)).getMessage());
        }
        memory.resize("4m");
        try (RestoreTarget target = RestoreTarget.open(disk, SIZE, false)) {
            assertEquals(partial, target.path());
            fill(target);
            target.complete();
        }
        assertArrayEquals(content, Files.readAllBytes(disk));
    }

    private void fill(RestoreTarget target) throws IOException {
        ByteBuffer buffer = UncachedWrites.buffer(PIECE);
        for (int offset = 0; offset < SIZE; offset += PIECE) {
            target.write(offset, buffer.clear().put(content, offset, PIECE).flip());
        }
    }
}
