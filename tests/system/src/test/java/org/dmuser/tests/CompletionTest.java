package org.dmuser.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.dmuser.tests.harness.CliProcess;
import org.dmuser.tests.harness.Needs;
import org.dmuser.tests.harness.Outcome;
import org.dmuser.tests.harness.Requirement;
import org.dmuser.tests.harness.Sandbox;
import org.dmuser.tests.harness.ServiceRig;
import org.dmuser.tests.harness.SystemTest;
import org.junit.jupiter.api.Test;

/** Keys are pressed in a bash, and the line looked at that comes of it. */
@SystemTest
@Needs(Requirement.FUSE)
class CompletionTest {
    private static final String TAB = "\t";

    /** Has bash put in everything that a word could go on to. */
    private static final String ALL = "\u001b*";

    /** Bound to writing the line to a file, and clearing it. */
    private static final String LOOK = "\u0007";

    /** For a JVM for each name that has to be asked for. */
    private static final Duration LIMIT = Duration.ofSeconds(800);

    private static final int SECTORS = 2048;

    /** Lines as they are after keys have been pressed at their end. */
    private static List<String> completed(Sandbox sandbox, String key, List<String> lines) throws Exception {
        Path commands = sandbox.emptyDirectory("commands-" + Math.abs(lines.hashCode()));
        Files.createSymbolicLink(
                commands.resolve("dmuser"), CliProcess.launcher().toAbsolutePath());
        Path result = commands.resolve("lines");
        Path rc = Files.writeString(
                commands.resolve("rc"),
                "PATH=" + commands + ":$PATH\nsource <(dmuser completion bash)\n"
                        + "bind -x '\"\\C-g\": printf \"%s\\n\" \"$READLINE_LINE\" >>" + result
                        + "; READLINE_LINE='\n");
        StringBuilder keys = new StringBuilder();
        lines.forEach(line -> keys.append(line).append(key).append(LOOK));
        Path input = Files.writeString(commands.resolve("keys"), keys + "exit\n");
        // Without a terminal bash edits lines all the same, but complains that it cannot control jobs.
        Outcome bash = sandbox.startProgram(
                        "bash", "-c", "INPUTRC=/dev/null exec bash --noprofile --rcfile " + rc + " -i <" + input)
                .await(LIMIT);
        assertTrue(Files.exists(result), bash.toString());
        return Files.readAllLines(result);
    }

    private static void requireCompleted(Sandbox sandbox, String... linesAndResults) throws Exception {
        List<String> lines = new ArrayList<>();
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < linesAndResults.length; i += 2) {
            lines.add(linesAndResults[i]);
            expected.add(linesAndResults[i + 1]);
        }
        assertEquals(String.join("\n", expected), String.join("\n", completed(sandbox, TAB, lines)));
    }

    @Test
    void shouldCompleteCommandsOptionsAndValues(Sandbox sandbox) throws Exception {
        Files.createFile(sandbox.path("image"));
        requireCompleted(
                sandbox,
                "dmuser hand",
                "dmuser handlers ",
                "dmuser --run-dir /tmp snap",
                "dmuser --run-dir /tmp snapshot ",
                "dmuser backup rebuild",
                "dmuser backup rebuild-index ",
                "dmuser backup restore repo latest im",
                "dmuser backup restore repo latest image ",
                "dmuser run mem",
                "dmuser run memory ",
                "dmuser run file pa",
                "dmuser run file path=",
                "dmuser run file path=im",
                "dmuser run file path=image ",
                "dmuser run memory --fu",
                "dmuser run memory --fuse=",
                "dmuser run memory --fuse=ur",
                "dmuser run memory --fuse=uring ",
                "dmuser run memory --fuse ur",
                "dmuser run memory --fuse uring ",
                "dmuser run memory --filter ra",
                "dmuser run memory --filter rate ",
                "dmuser run memory --loo",
                "dmuser run memory --loop ",
                "dmuser status --target us",
                "dmuser status --target user ",
                "dmuser ls --nonsense x",
                "dmuser ls --nonsense x",
                "dmuser info none",
                "dmuser info none");
    }

    @Test
    void shouldOfferAllThatThereIs(Sandbox sandbox) throws Exception {
        assertEquals(
                List.of("dmuser snapshot create delete export info list rollback "),
                completed(sandbox, ALL, List.of("dmuser snapshot ")));
    }

    @Test
    void shouldCompleteNamesOfWhatTheServiceHas(Sandbox sandbox) throws Exception {
        ServiceRig service = sandbox.serve();
        sandbox.randomFile("base", SECTORS * 512);
        service.createUser("disk", SECTORS);
        service.run("create", "zeros", "--table", "0 8 zero");
        service.attach("disk", "snapshot", "base=base", "store=store");
        service.run("snapshot", "create", "disk", "monday");
        service.run("backup", "init", "repo");
        service.run("backup", "create", "repo", "./base");
        String point = service.run("backup", "list", "repo").split(" ")[0];
        requireCompleted(
                sandbox,
                "dmuser info d",
                "dmuser info disk ",
                "dmuser remove disk z",
                "dmuser remove disk zeros ",
                "dmuser attach d",
                "dmuser attach disk ",
                "dmuser snapshot delete disk mo",
                "dmuser snapshot delete disk monday ",
                "dmuser snapshot delete ./store mo",
                "dmuser snapshot delete ./store monday ",
                "dmuser backup mount repo " + point.substring(0, 5),
                "dmuser backup mount repo " + point + " ",
                "dmuser backup show repo la",
                "dmuser backup show repo latest ",
                "dmuser --run-dir /nowhere info d",
                "dmuser --run-dir /nowhere info d");
    }
}
