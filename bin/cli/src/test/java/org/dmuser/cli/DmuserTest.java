package org.dmuser.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.dmuser.cli.base.StopSignal;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

final class DmuserTest {
    @AfterAll
    static void letGoOfTheStopSignal() {
        StopSignal.finish(0);
    }

    /** What a command printed as errors, and its status. */
    private record Ended(int status, String errors) {}

    private static Ended run(String... words) {
        PrintStream before = System.err;
        ByteArrayOutputStream errors = new ByteArrayOutputStream();
        System.setErr(new PrintStream(errors, true, StandardCharsets.UTF_8));
        try {
            return new Ended(Dmuser.run(words), errors.toString(StandardCharsets.UTF_8));
        } finally {
            System.setErr(before);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'', no command is given; see 'dmuser --help'",
        "lss, unknown command 'lss'; did you mean ls",
        "ls more, nobody knows what to do with 'more'; see 'dmuser ls --help'",
        "ls --more, Unknown option: '--more'; see 'dmuser ls --help'",
        "run, Missing required parameter: 'HANDLER'; see 'dmuser run --help'",
        "run memory --size 0, --size: size '0'",
        "run memory --size 1000, --size: size '1000' is not whole sectors",
        "run memory --size 1m --mkfs ext4 --read-only, --read-only and --mkfs exclude each other",
        "run memory --size 1m --force, --force goes with --mkfs",
        "backup, Missing required subcommand; see 'dmuser backup --help'",
        "backup creat, unknown command 'creat'; did you mean create",
        "backup create r ./i --limit 0, --limit: 0 lets nothing through",
        "backup create r ./i --nice 30, --nice: 30 is not between 0 and 19",
        "backup list r --key-file k --passphrase-file p, --passphrase-file and --key-file exclude each other",
        "backup prune r --keep-last -1, a rule keeps 1 or more",
        "backup prune r --keep-daily 0, a rule keeps 1 or more",
        "backup prune r --zone Mars, --zone: 'Mars' is not a time zone",
        "backup mount r latest m --read-only --overlay o, --read-only and --overlay exclude each other",
        "create x --notable --table 0, --notable and a table exclude each other",
    })
    void shouldRefuseInOneLineWhatWasNotWrittenRight(String words, String error, @TempDir Path directory) {
        String line = "--run-dir " + directory + " " + words;
        Ended ended = run(words.isEmpty() ? new String[0] : line.split(" "));
        assertEquals(2, ended.status(), ended.errors());
        assertTrue(ended.errors().startsWith("dmuser: " + error.replace("''", "'")), ended.errors());
        assertEquals(1, ended.errors().lines().count(), ended.errors());
    }

    @Test
    void shouldLeaveNoKeyFileOfARepositoryThatIsNotMade(@TempDir Path directory) {
        String repository = directory.resolve("repository").toString();
        assertEquals(0, run("backup", "init", repository).status());
        Path key = directory.resolve("key");
        Ended ended = run("backup", "init", repository, "--key-file", key.toString());
        assertEquals("dmuser: " + repository + ": it is a repository already\n", ended.errors());
        assertFalse(Files.exists(key));
    }

    @Test
    void shouldSayThatThereIsNoRepository(@TempDir Path directory) {
        for (String command : List.of("list", "verify", "rebuild-index", "prune")) {
            Ended ended = run("backup", command, directory.toString());
            assertEquals(1, ended.status());
            assertEquals(
                    "dmuser: " + directory + ": there is no repository; 'dmuser backup init " + directory
                            + "' makes one\n",
                    ended.errors());
        }
    }

    @Test
    void shouldSayThatThereIsNoService(@TempDir Path directory) {
        for (String command : List.of("ls", "info", "stop", "status", "table")) {
            Ended ended = run("--run-dir", directory.toString(), command);
            assertEquals(1, ended.status());
            assertEquals(
                    "dmuser: no dmuser service is running at " + directory
                            + "/control: start one with 'dmuser serve'\n",
                    ended.errors());
        }
    }

    @Test
    void shouldLookAtTheOneSubcommandThatIsNamed() {
        assertEquals(Set.of("ls"), Dmuser.commandLine("ls").getSubcommands().keySet());
        assertEquals(
                Set.of("load", "reload"),
                Dmuser.commandLine("--run-dir", "/x", "reload", "a")
                        .getSubcommands()
                        .keySet());
        assertTrue(Dmuser.commandLine("--help").getSubcommands().size() > 15);
    }

    private static String printed(String... words) {
        PrintStream before = System.out;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        try {
            assertEquals(0, Dmuser.run(words));
        } finally {
            System.setOut(before);
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void shouldShowItsVersionAsACommandAndAsAnOption() {
        String version = printed("--version");
        assertTrue(version.startsWith("dmuser "), version);
        assertEquals(version, printed("--run-dir", "x", "version"));
    }

    @Test
    void shouldHelpWithEverything() {
        CommandLine main = Dmuser.commandLine("--help");
        for (String name : main.getSubcommands().keySet()) {
            CommandLine command = Dmuser.commandLine(name, "--help");
            StringWriter text = new StringWriter();
            command.setOut(new PrintWriter(text));
            assertEquals(0, command.execute(name, "--help"), name);
            assertTrue(text.toString().startsWith("Usage: dmuser "), text.toString());
            assertTrue(text.toString().contains("--run-dir"), text.toString());
        }
        assertFalse(main.getUsageMessage().contains("warm-up"));
    }

    /** Reading the first annotation takes longer than what a short command does. */
    @ParameterizedTest
    @MethodSource("org.dmuser.cli.TestCommandLine#commands")
    void shouldMakeOnlyTheCommandThatIsNamedAndFindItsGrammarInNoAnnotation(String command) {
        CommandLine line = TestCommandLine.of(command);
        for (CommandLine parent = line.getParent(); parent != null; parent = parent.getParent()) {
            assertEquals(1, new HashSet<>(parent.getSubcommands().values()).size(), command);
        }
        for (Class<?> type = line.getCommandSpec().userObject().getClass(); type != null; type = type.getSuperclass()) {
            assertEquals(0, type.getAnnotations().length, type.getName());
            for (Field field : type.getDeclaredFields()) {
                assertEquals(0, field.getAnnotations().length, field.toString());
            }
        }
    }
}
