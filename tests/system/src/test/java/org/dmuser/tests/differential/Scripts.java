package org.dmuser.tests.differential;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The scripts there are, and what belongs to them. */
final class Scripts {
    /** What the first line of those says that are to start a JVM for each line. */
    private static final String REAL = "# By bin/dmuser:";

    private static final int LINES_BEFORE = 5;
    private static final int LINES_AFTER = 10;

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

    /** Compares what was printed with the record of what the kernel printed, and tells the first place that differs. */
    static void assertAsRecorded(Path script, String printed) throws IOException {
        String[] expected = Files.readString(script.resolveSibling(name(script) + ".kernel"))
                .split("\n", -1);
        String[] actual = printed.split("\n", -1);
        int line = Arrays.mismatch(expected, actual);
        if (line >= 0) {
            assertEquals(around(line, expected), around(line, actual), name(script) + ".kernel, line " + (line + 1));
        }
    }

    private static String around(int line, String[] lines) {
        return Stream.of(lines)
                .limit(line + LINES_AFTER)
                .skip(Math.max(0, line - LINES_BEFORE))
                .collect(Collectors.joining("\n", "\n", "\n"));
    }

    static boolean isReal(Path script) throws IOException {
        return Files.readString(script).startsWith(REAL);
    }
}
