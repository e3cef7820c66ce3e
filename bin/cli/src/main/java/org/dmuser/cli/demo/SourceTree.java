package org.dmuser.cli.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.dmuser.cli.base.CliException;
import org.dmuser.cli.base.StopSignal;

/** Some thousand files of this machine, with their checksums. */
final class SourceTree {
    private static final int FILES_MAX = 4_000;
    private static final long BYTES_MAX = 200L << 20;
    private static final long FILE_BYTES_MAX = 20L << 20;

    private final StopSignal stop;
    private final Map<Path, String> checksums = new TreeMap<>();
    private long bytes;

    SourceTree(StopSignal stop) {
        this.stop = stop;
    }

    /** Looks for files where there are many, until there are enough. */
    void find() throws IOException {
        List<String> roots = List.of("/usr/include", "/usr/share", System.getProperty("java.home"), "/usr/lib", "/etc");
        for (String root : roots) {
            if (Files.isDirectory(Path.of(root))) {
                Files.walkFileTree(Path.of(root), new Collector());
            }
        }
        if (checksums.isEmpty()) {
            throw new CliException("found no files to copy in " + roots);
        }
    }

    int count() {
        return checksums.size();
    }

    long bytes() {
        return bytes;
    }

    /** Copies them below {@code directory}, with the directories they are in. */
    void copyTo(Path directory) throws IOException {
        for (Path file : checksums.keySet()) {
            checkStop();
            Path copy = copy(directory, file);
            Files.createDirectories(copy.getParent());
            Files.copy(file, copy);
        }
    }

    /**
     * Reads all copies.
     *
     * @throws CliException if one is not what was copied
     */
    void compareWith(Path directory) throws IOException {
        for (Map.Entry<Path, String> entry : checksums.entrySet()) {
            checkStop();
            Path copy = copy(directory, entry.getKey());
            String checksum = Checksums.sha256(copy);
            if (!checksum.equals(entry.getValue())) {
                throw new CliException(
                        copy + " has checksum " + checksum + ", and " + entry.getKey() + " had " + entry.getValue());
            }
        }
    }

    private static Path copy(Path directory, Path file) {
        return directory.resolve(file.getRoot().relativize(file));
    }

    private void checkStop() {
        if (stop.isRequested()) {
            throw new CliException("stopped");
        }
    }

    private final class Collector extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            checkStop();
            boolean fits = attributes.size() <= FILE_BYTES_MAX && bytes + attributes.size() <= BYTES_MAX;
            if (attributes.isRegularFile() && fits) {
                add(file, attributes.size());
            }
            return checksums.size() < FILES_MAX ? FileVisitResult.CONTINUE : FileVisitResult.TERMINATE;
        }

        private void add(Path file, long size) {
            try {
                checksums.put(file, Checksums.sha256(file));
                bytes += size;
            } catch (IOException | UncheckedIOException e) {
                // One that may not be read is not copied.
            }
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException problem) {
            return FileVisitResult.CONTINUE;
        }
    }
}
