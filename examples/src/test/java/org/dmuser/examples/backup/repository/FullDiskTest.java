package org.dmuser.examples.backup.repository;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.dmuser.channel.SmallMemory;
import org.dmuser.examples.Wait;
import org.dmuser.examples.backup.repository.crypto.Key;
import org.dmuser.examples.backup.repository.format.ChunkType;
import org.dmuser.examples.backup.repository.format.ImageLayout;
import org.dmuser.examples.backup.repository.storage.LocalStorage;
import org.dmuser.examples.backup.repository.storage.StoredObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A disk with room for one full pack, and not for two. */
class FullDiskTest {
    /** Chunks that more than fill a pack. */
    private static final int PACK_AND_MORE = 140;

    private SmallMemory memory;

    @BeforeEach
    void mount() throws Exception {
        memory = SmallMemory.mount("48m");
    }

    @AfterEach
    void unmount() throws Exception {
        if (memory != null) {
            memory.close();
        }
    }

    @Test
    void shouldSayThatTheDiskIsFullAndKeepWhatIsThere() throws IOException {
        Path where = memory.directory().resolve("r");
        byte[] image = Images.mixed(1_000_000, 1);
        Point point;
        try (Repository repository = Repository.create(new LocalStorage(where), Key.NONE)) {
            repository.lock(LockKind.WRITE);
            point = Images.store(repository, image);
            String message = assertThrows(IOException.class, () -> fill(repository, where))
                    .getMessage();
            assertEquals(
                    "repository " + where + ": No space left on device; make room there and run the command again",
                    message);
        }
        try (Stream<Path> temporary = Files.list(where.resolve("tmp"))) {
            assertEquals(List.of(), temporary.toList(), "what was not finished takes no room");
        }
        try (Repository repository = Repository.open(new LocalStorage(where), Key.NONE)) {
            repository.lock(LockKind.WRITE);
            Images.assertHolds(repository, repository.points().find(point.id()), image);
            // The pack that was finished is found, and what is in it not stored again.
            try (ChunkWriter writer = repository.writer()) {
                for (int i = 0; i < 100; i++) {
                    writer.put(ChunkType.DATA, Images.direct(Images.random(ImageLayout.CHUNK, i)));
                }
                assertEquals(0, writer.newChunks());
                writer.flush();
            }
            try (RepositoryCheck check = repository.check()) {
                assertEquals(List.of(), check.index());
                for (StoredObject pack : check.packs()) {
                    assertEquals(List.of(), check.pack(pack, RepositoryCheck.Depth.CONTENT));
                }
                assertTrue(check.packs().size() > 1);
            }
        }
    }

    private static void fill(Repository repository, Path where) throws Exception {
        try (ChunkWriter writer = repository.writer()) {
            for (int i = 0; i < 400; i++) {
                if (i == PACK_AND_MORE) {
                    // The first pack gets its end and its name from another thread, and that of the image is there.
                    Wait.until(() -> packs(where) == 2);
                }
                writer.put(ChunkType.DATA, Images.direct(Images.random(ImageLayout.CHUNK, i)));
            }
            writer.flush();
        }
    }

    private static long packs(Path where) throws IOException {
        try (Stream<Path> packs = Files.list(where.resolve("packs"))) {
            return packs.count();
        }
    }
}
