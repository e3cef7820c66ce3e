package org.dmuser.shim.service;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.Test;

final class ProblemsTest {
    @Test
    void shouldPutThoseOfTheFileSystemIntoWords() {
        assertEquals("/a: no such file or directory", Problems.describe(new NoSuchFileException("/a")));
        assertEquals("/a: permission denied", Problems.describe(new AccessDeniedException("/a")));
        assertEquals("/a: exists already", Problems.describe(new FileAlreadyExistsException("/a")));
        assertEquals("/a: directory is not empty", Problems.describe(new DirectoryNotEmptyException("/a")));
        assertEquals("/a: Too many links", Problems.describe(new FileSystemException("/a", null, "Too many links")));
    }

    @Test
    void shouldBeOneLine() {
        assertEquals("a b", Problems.describe(new IOException("a\n  b\n")));
    }

    @Test
    void shouldSayWhatIsWrongWithAClassOfThatName() {
        assertEquals("java.lang.NoClassDefFoundError: a/B", Problems.describe(new NoClassDefFoundError("a/B")));
    }

    @Test
    void shouldNameWhatHasNoMessage() {
        assertEquals("IllegalStateException", Problems.describe(new IllegalStateException()));
    }
}
