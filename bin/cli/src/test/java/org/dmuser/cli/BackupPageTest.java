package org.dmuser.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** What {@code docs/backup-daemon.md} says of the commands is what they say of themselves. */
final class BackupPageTest {
    private static final Path PAGE = Path.of("../../docs/backup-daemon.md");
    private static final Pattern OPTION = Pattern.compile("--[a-z-]+");

    /** Of all commands, and not worth a word with each. */
    private static final Set<String> GENERAL = Set.of("--help", "--run-dir");

    private static Map<String, CommandLine> commands() {
        return Dmuser.commandLine("backup").getSubcommands().get("backup").getSubcommands();
    }

    @Test
    void shouldNameExactlyTheOptionsOfEachCommand() throws IOException {
        String page = Files.readString(PAGE);
        for (Map.Entry<String, CommandLine> command : commands().entrySet()) {
            assertEquals(options(command.getValue()), synopsis(page, command.getKey()), command.getKey());
        }
    }

    private static Set<String> options(CommandLine command) {
        Set<String> names = new TreeSet<>();
        for (OptionSpec option : command.getCommandSpec().options()) {
            names.add(option.longestName());
        }
        names.removeAll(GENERAL);
        return names;
    }

    private static Set<String> synopsis(String page, String command) {
        Matcher lines = Pattern.compile("    dmuser backup " + command + " .*\\n(?: {20,}.*\\n)*")
                .matcher(page);
        assertTrue(lines.find(), command + " has no synopsis");
        String text = lines.group().replace("[KEY]", group(page, "KEY")).replace("[WORK]", group(page, "WORK"));
        Set<String> names = new TreeSet<>();
        Matcher option = OPTION.matcher(text);
        while (option.find()) {
            names.add(option.group());
        }
        return names;
    }

    private static String group(String page, String name) {
        Matcher line =
                Pattern.compile("^    " + name + ": +(.*)$", Pattern.MULTILINE).matcher(page);
        assertTrue(line.find(), name);
        return line.group(1);
    }

    @Test
    void shouldDescribeEachCommandAndOption() throws IOException {
        String page = Files.readString(PAGE);
        for (Map.Entry<String, CommandLine> command : commands().entrySet()) {
            assertTrue(page.contains("**" + command.getKey() + "** "), command.getKey() + " is not described");
            for (String option : options(command.getValue())) {
                int mentions = page.split(Pattern.quote(option) + "(?![a-z-])", -1).length - 1;
                assertFalse(mentions < 2, option + " of " + command.getKey() + " is in the synopsis and nowhere else");
            }
        }
    }
}
