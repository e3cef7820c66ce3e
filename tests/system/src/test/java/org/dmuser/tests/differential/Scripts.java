package org.dmuser.tests.differential;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The scripts there are, and what belongs to them. */
final class Scripts {
    /** What the first line of those says that are to start a JVM for each line. */
    private static final String REAL = "# By bin/dmuser:";

    private Scripts() {}

    static Path directory() {
        String path = System.getProperty("dmuser.differential");
        if (path == null) {
            throw new IllegalStateException("system property dmuser.differential is not set to tests/differential");
        }
        return Path.of(path);
    }

    static List<Path> all() throws IOException {
        try (Stream<Path> files = Files.list(directory().resolve("scripts"))) {
            return files.filter(file -> file.toString().endsWith(".sh"))
                    .sorted()
                    .toList();
        }
    }

    static String name(Path script) {
        return script.getFileName().toString().replace(".sh", "");
    }

    /** What the kernel printed. */
    static String record(Path script) throws IOException {
        return Files.readString(script.resolveSibling(name(script) + ".kernel"));
    }

    static boolean isReal(Path script) throws IOException {
        return Files.readString(script).startsWith(REAL);
    }
}
