package org.dmuser.sdk.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LockedFileTest {
    @TempDir
    private Path directory;

    private Path file() throws IOException {
        return Files.writeString(directory.resolve("file"), "content");
    }

    @Test
    void shouldBelongToOneWithinAProcessToo() throws IOException {
        Path path = file();
        try (LockedFile locked = LockedFile.tryLock(path).orElseThrow()) {
            assertTrue(LockedFile.tryLock(path).isEmpty());
            assertTrue(locked.isAt(path));
        }
        LockedFile.tryLock(path).orElseThrow().close();
    }

    @Test
    void shouldStayLockedWhenOthersCloseTheFile() throws IOException {
        Path path = file();
        try (LockedFile locked = LockedFile.tryLock(path).orElseThrow()) {
            Files.readString(path);
            locked.open(StandardOpenOption.READ, StandardOpenOption.WRITE).close();
            assertTrue(LockedFile.tryLock(path).isEmpty());
            // Nor is there one to be had of the other kind.
            try (FileChannel other = FileChannel.open(path, StandardOpenOption.WRITE)) {
                assertEquals(null, other.tryLock());
            }
            assertTrue(LockedFile.tryLock(path).isEmpty());
        }
    }

    @Test
    void shouldRespectLocksOfJava() throws IOException {
        Path path = file();
        try (FileChannel java = FileChannel.open(path, StandardOpenOption.WRITE)) {
            assertTrue(java.tryLock().isValid());
            assertTrue(LockedFile.tryLock(path).isEmpty());
        }
        LockedFile.tryLock(path).orElseThrow().close();
    }

    @Test
    void shouldKnowWhenAnotherFileHasItsName() throws IOException {
        Path path = file();
        try (LockedFile locked = LockedFile.tryLock(path).orElseThrow()) {
            Path other = Files.writeString(directory.resolve("other"), "of another");
            Files.move(other, path, StandardCopyOption.REPLACE_EXISTING);
            assertFalse(locked.isAt(path));
            try (FileChannel channel = locked.open(StandardOpenOption.READ)) {
                assertEquals("content".length(), channel.size());
            }
            Files.delete(path);
            assertFalse(locked.isAt(path));
        }
    }

    @Test
    void shouldShareABytesLockOnlyWithThoseThatShare() throws IOException {
        Path path = directory.resolve("holds");
        try (LockedFile first = LockedFile.tryLockByte(path, 7, true).orElseThrow();
                LockedFile second = LockedFile.tryLockByte(path, 7, true).orElseThrow();
                LockedFile beside = LockedFile.tryLockByte(path, 8, false).orElseThrow()) {
            assertTrue(LockedFile.tryLockByte(path, 7, false).isEmpty());
            assertTrue(LockedFile.tryLockByte(path, 8, true).isEmpty());
            assertTrue(first.isAt(path) && second.isAt(path) && beside.isAt(path));
        }
        LockedFile.tryLockByte(path, 7, false).orElseThrow().close();
    }

    @Test
    void shouldMakeAFileOnlyWhenAsked() throws IOException {
        Path path = directory.resolve("none");
        assertThrows(NoSuchFileException.class, () -> LockedFile.tryLock(path));
        LockedFile.tryLockOrMake(path).orElseThrow().close();
        assertEquals(0, Files.size(path));
    }
}
