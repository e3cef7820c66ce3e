package org.dmuser.tests.differential;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.dmuser.cli.dmsetup.Dmsetup;
import org.dmuser.shim.service.RunDirectory;
import org.dmuser.tests.harness.InProcess;
import org.dmuser.tests.harness.Needs;
import org.dmuser.tests.harness.Outcome;
import org.dmuser.tests.harness.Requirement;
import org.dmuser.tests.harness.Sandbox;
import org.dmuser.tests.harness.SystemTest;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Some hundred random dmsetup commands to a service: lines for a person, and no device that is there by half. */
@SystemTest
@Needs(Requirement.FUSE)
class RandomCommandsTest {
    private static final int COMMANDS = 150;

    private static final String[] PATTERNS = {
        "create NAME --table TABLE",
        "create NAME --table TABLE",
        "create NAME -n",
        "load NAME --table TABLE",
        "resume NAME",
        "suspend NAME",
        "clear NAME",
        "remove NAME",
        "rename NAME NAME",
        "rename NAME --setuuid WORD",
        "message NAME WORD WORD WORD",
        "message NAME 0 mark WORD",
        "status NAME",
        "table NAME",
        "info NAME",
        "deps NAME",
        "WORD NAME",
    };

    private static final String[] TABLES = {
        "0 64 zero",
        "0 64 linear DISK 0",
        "0 64 striped 2 8 DISK 0 DISK 64",
        "0 64 delay DISK 0 5",
        "0 64 dust DISK 0 512",
        "0 64 flakey DISK 0 1 WORD",
        "0 64 log-writes DISK LOG",
        "0 64 user 0 64 NAME",
        "0 64 error\n64 WORD zero",
        "WORD",
    };

    private static final String[] WORDS = {
        "", "0", "-1", "x", "--y", "64", "4294967296", "#", "\\", "a b", "\u00e4", "@z"
    };

    private RunDirectory runDirectory;
    private SplittableRandom random;

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2})
    void shouldSucceedOrSayWhyNot(long seed, Sandbox sandbox) throws Exception {
        random = new SplittableRandom(seed);
        sandbox.serve();
        runDirectory = new RunDirectory(sandbox.runDirectory());
        String disk = sandbox.randomFile("disk", 1 << 20).toString();
        String log = sandbox.randomFile("log", 1 << 20).toString();
        int succeeded = 0;
        for (int i = 0; i < COMMANDS; i++) {
            List<String> words = new ArrayList<>();
            for (String word : one(PATTERNS).split(" ")) {
                words.add(expanded(word).replace("DISK", disk).replace("LOG", log));
            }
            Set<String> before = devices();
            Outcome ended = run(words);
            succeeded += ended.status() == 0 ? 1 : 0;
            requireWords(words, ended);
            if (ended.status() != 0 && words.get(0).equals("create")) {
                assertEquals(before, devices(), words + ": " + ended);
            }
        }
        assertTrue(succeeded > COMMANDS / 10, succeeded + " succeeded");
        run(List.of("remove_all", "--force"));
        assertEquals(Set.of(), devices());
    }

    private static void requireWords(List<String> words, Outcome ended) {
        String text = ended.out() + ended.err();
        assertFalse(
                text.contains("Exception") || text.contains("\tat ") || text.contains("internal"), words + ": " + text);
        assertTrue(ended.status() == 0 || !ended.err().isBlank(), words + " failed without a word");
    }

    private String expanded(String word) {
        return switch (word) {
            case "NAME" -> random.nextInt(10) == 0 ? one(WORDS) : one("a", "b", "c");
            case "WORD" -> one(WORDS);
            case "TABLE" -> one(TABLES).replace("NAME", one("n", "m")).replace("WORD", one(WORDS));
            default -> word;
        };
    }

    private String one(String... choices) {
        return choices[random.nextInt(choices.length)];
    }

    private Set<String> devices() {
        Set<String> names = new TreeSet<>();
        run(List.of("ls"))
                .out()
                .lines()
                .filter(line -> line.contains("\t"))
                .forEach(line -> names.add(line.split("\t")[0]));
        return names;
    }

    /** In this process, as starting one for each would take long; over the service's socket all the same. */
    private Outcome run(List<String> words) {
        return InProcess.run(words, () -> Dmsetup.run(words, runDirectory));
    }
}
