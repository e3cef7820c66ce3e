package org.dmuser.cli.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The discards that a daemon's log filter has seen its handler do. */
record DiscardLog(long count, long bytes) {
    private static final Pattern DISCARD = Pattern.compile("discard offset=[0-9]+ length=([0-9]+) .*: ok");

    static DiscardLog read(Path file) throws IOException {
        long count = 0;
        long bytes = 0;
        try (Stream<String> lines = Files.lines(file)) {
            for (String line : (Iterable<String>) lines::iterator) {
                Matcher matcher = DISCARD.matcher(line);
                if (matcher.find()) {
                    count++;
                    bytes += Long.parseLong(matcher.group(1));
                }
            }
        }
        return new DiscardLog(count, bytes);
    }

    DiscardLog since(DiscardLog earlier) {
        return new DiscardLog(count - earlier.count, bytes - earlier.bytes);
    }
}
