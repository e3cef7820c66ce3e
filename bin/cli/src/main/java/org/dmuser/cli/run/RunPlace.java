package org.dmuser.cli.run;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.dmuser.shim.service.RunDirectory;

/** A directory {@code <run dir>/run-PID}, for the file of a device whose user does not care where it is. */
final class RunPlace {
    private static final String PREFIX = "run-";

    private final RunDirectory directory;
    private final Path path;

    private RunPlace(RunDirectory directory, Path path) {
        this.directory = directory;
        this.path = path;
    }

    /**
     * Makes that of this process, and deletes those of processes that are no more, where nothing is mounted any more.
     */
    static RunPlace make(RunDirectory directory) throws IOException {
        directory.make();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory.path(), PREFIX + "*")) {
            for (Path entry : entries) {
                if (isOfDeadProcess(entry)) {
                    deleteWithFiles(entry);
                }
            }
        }
        Path path = directory.path().resolve(PREFIX + ProcessHandle.current().pid());
        Files.createDirectory(path);
        return new RunPlace(directory, path);
    }

    private static boolean isOfDeadProcess(Path path) {
        try {
            long pid = Long.parseLong(path.getFileName().toString().substring(PREFIX.length()));
            return ProcessHandle.of(pid).isEmpty();
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private static void deleteWithFiles(Path path) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(path)) {
            for (Path file : files) {
                Files.delete(file);
            }
        }
        Files.delete(path);
    }

    Path path() {
        return path;
    }

    void delete() throws IOException {
        Files.deleteIfExists(path);
        directory.deleteIfEmpty();
    }
}
