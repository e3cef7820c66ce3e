package org.dmuser.examples.snapshot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.dmuser.examples.snapshot.store.StoreDirectory;
import org.dmuser.sdk.file.LockedFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreDirectoryTest {
    @TempDir
    private Path directory;

    @Test
    void shouldDeleteOverlaysOfTheDead() throws IOException {
        StoreDirectory store = StoreDirectory.make(directory.resolve("store"));
        Path left = Files.createDirectory(store.path().resolve("overlay-4194305"));
        Files.writeString(left.resolve("data"), "of nobody");
        store.newOverlay();
        assertFalse(Files.exists(left));
    }

    @Test
    void shouldNotDeleteWhatALinkLeadsToWhenItIsCalledAsAnOverlayIs() throws IOException {
        StoreDirectory store = StoreDirectory.make(directory.resolve("store"));
        Path victim = Files.createDirectory(directory.resolve("victim"));
        Files.writeString(victim.resolve("data"), "of somebody");
        Path link = Files.createSymbolicLink(store.path().resolve("overlay-1"), victim);
        store.newOverlay();
        try (var files = Files.list(victim)) {
            assertTrue(files.map(Path::getFileName).toList().equals(java.util.List.of(Path.of("data"))));
        }
        assertTrue(Files.exists(link, LinkOption.NOFOLLOW_LINKS));
    }

    @Test
    void shouldStayLockedWhenASecondOneWasRefused() throws IOException {
        StoreDirectory store = StoreDirectory.make(directory.resolve("store"));
        Path file = store.path().resolve("lock");
        try (Closeable lock = store.lock()) {
            assertEquals(
                    "snapshot store " + store.path() + " is in use by process "
                            + ProcessHandle.current().pid() + ": end that first",
                    assertThrows(IOException.class, store::lock).getMessage());
            assertTrue(LockedFile.tryLock(file).isEmpty(), lock::toString);
        }
        store.lock().close();
    }

    /** The directory may have been there before, for everybody to read. */
    @Test
    void shouldMakeFilesForTheirOwnerOnly() throws IOException {
        StoreDirectory store = StoreDirectory.make(directory.resolve("store"));
        store.files().open("data").close();
        assertEquals(
                "rw-------",
                PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(store.path().resolve("data"))));
    }
}
