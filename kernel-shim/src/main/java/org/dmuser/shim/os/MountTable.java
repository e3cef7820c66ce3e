package org.dmuser.shim.os;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Reads {@code /proc/self/mountinfo}, whose lines are
 *
 * <pre>
 *   36 35 0:52 / /mnt/a\040b rw,nosuid shared:7 master:1 - fuse.dmuser dmuser:disk rw,user_id=0
 *   id parent major:minor root mountpoint options [tag...] - type source superblock-options
 * </pre>
 *
 * with space, tab, newline and backslash in a word written as three octal digits.
 */
public final class MountTable {
    private static final Path FILE = Path.of("/proc/self/mountinfo");
    private static final int WORDS_BEFORE_TAGS = 6;
    private static final int WORDS_BEHIND_DASH = 2;

    private MountTable() {}

    /** What is mounted as this process sees it, in the order of mounting. */
    public static List<MountEntry> read() throws IOException {
        // Paths are bytes; ISO-8859-1 carries each unchanged until it is known where the words end.
        return parse(Files.readAllLines(FILE, StandardCharsets.ISO_8859_1));
    }

    /** What is mounted on {@code mountPoint}, an absolute path without symbolic links: the topmost one. */
    public static Optional<MountEntry> at(Path mountPoint) throws IOException {
        String text = mountPoint.toString();
        return read().stream().filter(entry -> entry.mountPoint().equals(text)).reduce((below, above) -> above);
    }

    static List<MountEntry> parse(List<String> lines) {
        return lines.stream().map(MountTable::parseLine).toList();
    }

    private static MountEntry parseLine(String line) {
        String[] words = line.split(" ");
        int dash = WORDS_BEFORE_TAGS;
        while (dash < words.length && !words[dash].equals("-")) {
            dash++;
        }
        int colon = words.length > 2 ? words[2].indexOf(':') : -1;
        if (dash + WORDS_BEHIND_DASH >= words.length || colon < 0) {
            throw new IllegalArgumentException("not a line of " + FILE + ": " + line);
        }
        return new MountEntry(
                Integer.parseInt(words[2].substring(colon + 1)),
                unescape(words[4]),
                unescape(words[dash + 1]),
                unescape(words[dash + 2]),
                Arrays.asList(words[5].split(",")).contains("ro"));
    }

    private static String unescape(String word) {
        byte[] bytes = word.getBytes(StandardCharsets.ISO_8859_1);
        int length = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (isEscape(bytes, i)) {
                bytes[length++] = (byte) ((bytes[i + 1] - '0') << 6 | (bytes[i + 2] - '0') << 3 | bytes[i + 3] - '0');
                i += 3;
            } else {
                bytes[length++] = bytes[i];
            }
        }
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }

    private static boolean isEscape(byte[] bytes, int at) {
        return bytes[at] == '\\'
                && at + 3 < bytes.length
                && isOctal(bytes[at + 1])
                && isOctal(bytes[at + 2])
                && isOctal(bytes[at + 3]);
    }

    private static boolean isOctal(byte character) {
        return character >= '0' && character <= '7';
    }
}
