package org.dmuser.shim.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RunDirectoryTest {
    @TempDir
    private Path directory;

    @Test
    void shouldPreferTheCommandLineThenTheVariable() throws IOException {
        Map<String, String> environment = Map.of(RunDirectory.VARIABLE, "/var/x");
        assertEquals(
                Path.of("/a"), RunDirectory.find(Path.of("/a"), environment).path());
        assertEquals(Path.of("/var/x"), RunDirectory.find(null, environment).path());
    }

    @Test
    void shouldUseRunAsRoot() throws IOException {
        assumeTrue(RunDirectory.isRoot(), "needs root");
        Map<String, String> environment = Map.of(RunDirectory.VARIABLE, "", "XDG_RUNTIME_DIR", "/run/user/0");
        assertEquals(
                Path.of("/run/dmuser"), RunDirectory.find(null, environment).path());
    }

    @Test
    void shouldUseTheUsersRuntimeDirectoryOtherwise() throws IOException {
        assumeFalse(RunDirectory.isRoot(), "needs another user than root");
        Map<String, String> environment = Map.of("XDG_RUNTIME_DIR", "/run/user/7");
        assertEquals(
                Path.of("/run/user/7/dmuser"),
                RunDirectory.find(null, environment).path());
        String message = assertThrows(ServiceException.class, () -> RunDirectory.find(null, Map.of()))
                .getMessage();
        assertTrue(message.contains("XDG_RUNTIME_DIR is not set; give --run-dir"), message);
    }

    @Test
    void shouldBeAbsolute() throws IOException {
        assertEquals(
                Path.of("b").toAbsolutePath(),
                RunDirectory.find(Path.of("a/../b"), Map.of()).path());
    }

    @Test
    void shouldRefuseANameTooLongForASocket() throws IOException {
        // With "/control" behind it, 107 bytes.
        String longest = "/" + "x".repeat(98);
        assertEquals(
                Path.of(longest), RunDirectory.find(Path.of(longest), Map.of()).path());
        String message = assertThrows(ServiceException.class, () -> RunDirectory.find(Path.of(longest + "x"), Map.of()))
                .getMessage();
        assertTrue(message.contains("108 bytes") && message.contains("at most 107"), message);
    }

    @Test
    void shouldBeForItsOwnerOnly() throws IOException {
        RunDirectory run = new RunDirectory(directory.resolve("run"));
        run.make();
        assertEquals("rwx------", permissions(run));
        Files.setPosixFilePermissions(run.path(), PosixFilePermissions.fromString("rwxrwxrwx"));
        run.make();
        assertEquals("rwx------", permissions(run));
    }

    private static String permissions(RunDirectory run) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(run.path()));
    }

    @Test
    void shouldSayWhyItCannotBeMade() throws IOException {
        Path file = Files.createFile(directory.resolve("file"));
        RunDirectory below = new RunDirectory(file.resolve("run"));
        assertTrue(
                assertThrows(ServiceException.class, below::make).getMessage().contains(file + " is not a directory"));
        RunDirectory same = new RunDirectory(file);
        assertTrue(assertThrows(ServiceException.class, same::make).getMessage().contains("is not a directory"));
    }

    @Test
    void shouldBeDeletedOnlyWhenEmpty() throws IOException {
        RunDirectory run = new RunDirectory(directory.resolve("run"));
        run.make();
        Path log = Files.createFile(run.serviceLog());
        run.deleteIfEmpty();
        assertTrue(Files.exists(run.path()));
        Files.delete(log);
        run.deleteIfEmpty();
        assertFalse(Files.exists(run.path()));
    }

    @Test
    void shouldNameTheLogOfADaemonWithoutASlash() {
        RunDirectory run = new RunDirectory(Path.of("/r"));
        assertEquals(Path.of("/r/daemon-a_b.log"), run.daemonLog("a/b"));
    }
}
