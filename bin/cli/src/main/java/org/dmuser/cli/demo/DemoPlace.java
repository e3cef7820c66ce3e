package org.dmuser.cli.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The directory that everything of a demo is in. */
record DemoPlace(Path path) {
    static DemoPlace make() throws IOException {
        return new DemoPlace(Files.createTempDirectory("dmuser-demo-").toRealPath());
    }

    Path runDirectory() {
        return path.resolve("run");
    }

    /** A device's file. */
    Path device(String name) {
        return runDirectory().resolve("mapper").resolve(name);
    }

    /** Whatever else is in it. */
    Path file(String name) {
        return path.resolve(name);
    }

    Path mountPoint() {
        return path.resolve("mnt");
    }

    Path requestLog() {
        return path.resolve("requests.log");
    }

    /** What a disk in a file is in. */
    Path image() {
        return path.resolve("disk.img");
    }

    /** Deletes it; nothing is mounted in it any more. */
    void delete() throws IOException {
        List<Path> found;
        try (Stream<Path> files = Files.walk(path)) {
            found = files.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : found) {
            Files.deleteIfExists(file);
        }
    }
}
