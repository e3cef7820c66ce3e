package org.dmuser.shim.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.dmuser.channel.Polling;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LeftoversTest {
    @TempDir
    private Path directory;

    private final List<String> events = new ArrayList<>();
    private RunDirectory run;

    @BeforeEach
    void makeDirectory() throws IOException {
        run = new RunDirectory(directory.resolve("run"));
        run.make();
    }

    private List<Path> contents() throws IOException {
        try (Stream<Path> files = Files.walk(run.path())) {
            return files.filter(path -> !path.equals(run.path())).sorted().toList();
        }
    }

    @Test
    void shouldDeleteWhatAServiceMakes() throws IOException {
        Files.createDirectory(run.mapper());
        Files.createDirectory(run.node());
        Files.createFile(run.mapper("disk"));
        Files.createFile(run.control());
        ChannelDirectory channels = ChannelDirectory.make(run, Polling.ADAPTIVE, events::add);
        Files.createFile(channels.file("disk.1"));
        Path real = run.channel().toRealPath();
        Leftovers.remove(run, events::add);
        assertEquals(List.of(run.mapper(), run.node()), contents());
        assertFalse(Files.exists(real));
        assertEquals(List.of(), events);
    }

    @Test
    void shouldKeepLogs() throws IOException {
        Files.createFile(run.serviceLog());
        Leftovers.remove(run, events::add);
        assertEquals(List.of(run.serviceLog()), contents());
    }

    @Test
    void shouldDeleteALinkToADirectoryThatWasNeverMade() throws IOException {
        Files.createSymbolicLink(run.channel(), Path.of("/dev/shm/dmuser-there-is-none-of-that-name"));
        Leftovers.remove(run, events::add);
        assertEquals(List.of(), contents());
    }

    @Test
    void shouldNotFollowALinkToAnywhereElse() throws IOException {
        Path other = Files.createDirectory(directory.resolve("dmuser-other"));
        Path file = Files.createFile(other.resolve("file"));
        Files.createSymbolicLink(run.channel(), other);
        Leftovers.remove(run, events::add);
        assertTrue(Files.exists(file));
        assertEquals(List.of(), contents());
    }
}
