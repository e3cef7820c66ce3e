package org.dmuser.cli.base;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How to start this program once more, with the same Java and the same options of the JVM. */
public final class SelfCommand {
    private static final Path COMMAND_LINE = Path.of("/proc/self/cmdline");

    private SelfCommand() {}

    /** The words of a command line with these arguments. */
    public static List<String> of(List<String> arguments) throws IOException {
        List<String> command = prefix(Files.readString(COMMAND_LINE, StandardCharsets.UTF_8));
        command.addAll(arguments);
        return command;
    }

    /** What of a command line, its words ending in NUL, stands before the arguments of the program. */
    static List<String> prefix(String commandLine) throws IOException {
        List<String> words = new ArrayList<>();
        boolean jarNext = false;
        for (String word : commandLine.split("\0")) {
            words.add(word);
            if (jarNext || word.equals("org.dmuser.cli.Dmuser")) {
                return words;
            }
            jarNext = word.equals("-jar");
        }
        throw new IOException("cannot tell how this program was started: " + commandLine.replace('\0', ' '));
    }
}
