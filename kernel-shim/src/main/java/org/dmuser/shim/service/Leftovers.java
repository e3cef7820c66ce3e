package org.dmuser.shim.service;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.dmuser.shim.fuse.StaleMounts;

/** What a service that died left in its run directory: mounts nobody serves, files of channels, its socket. */
final class Leftovers {
    private Leftovers() {}

    /** Removes them. Only for the one who holds the directory's lock. */
    static void remove(RunDirectory directory, Consumer<String> events) throws IOException {
        for (Path files : List.of(directory.node(), directory.mapper())) {
            if (Files.isDirectory(files)) {
                for (Path mount : StaleMounts.removeUnder(files)) {
                    events.accept("unmounted " + mount + ", left over from a service that died");
                }
                removeFiles(files, events);
            }
        }
        if (StaleMounts.removeAt(directory.dmUser())) {
            events.accept("unmounted " + directory.dmUser() + ", left over from a service that died");
        }
        Files.deleteIfExists(directory.dmUser());
        ChannelDirectory.delete(directory.channel());
        Files.deleteIfExists(directory.control());
    }

    /** A device that somebody still serves stays, and its number cannot be used. */
    private static void removeFiles(Path directory, Consumer<String> events) throws IOException {
        for (Path file : list(directory)) {
            try {
                Files.delete(file);
            } catch (IOException e) {
                events.accept(
                        "cannot delete " + file + ", left over from a service that died: " + Problems.describe(e));
            }
        }
    }

    /** Deletes a directory with plain files in it; does nothing if there is none. */
    static void deleteDirectory(Path directory) throws IOException {
        if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        for (Path file : list(directory)) {
            Files.delete(file);
        }
        Files.delete(directory);
    }

    private static List<Path> list(Path directory) throws IOException {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            entries.forEach(files::add);
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return files;
    }
}
