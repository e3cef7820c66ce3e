package org.dmuser.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.dmuser.tests.harness.CliProcess;
import org.dmuser.tests.harness.Needs;
import org.dmuser.tests.harness.Outcome;
import org.dmuser.tests.harness.Requirement;
import org.dmuser.tests.harness.Sandbox;
import org.dmuser.tests.harness.SystemTest;
import org.dmuser.tests.harness.Wait;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The demos show what they are to show; there is time for LIMIT, and for what ends at once after it. */
@SystemTest
@Needs({Requirement.FUSE, Requirement.LOOP, Requirement.FIO})
@Timeout(1500)
class DemoTest {
    /** For some dozen commands, each a process, and twenty for a machine that has too much to do. */
    private static final Duration LIMIT = Duration.ofSeconds(800);

    private static final Pattern PLACE = Pattern.compile("All of it is in (\\S+)\\.");

    @Test
    void shouldEndWell(Sandbox sandbox) throws Exception {
        requireEndsWell(sandbox, "demo");
    }

    @Test
    void shouldEndWellWhenItIsAboutBackups(Sandbox sandbox) throws Exception {
        requireEndsWell(sandbox, "demo", "backup");
    }

    private static void requireEndsWell(Sandbox sandbox, String... words) throws Exception {
        Outcome outcome = sandbox.start(words).await(LIMIT).requireSuccess();
        List<String> lines = outcome.lines();
        assertEquals("demo: OK", lines.get(lines.size() - 1), outcome.toString());
        Path place = place(outcome);
        sandbox.requireNothingLeftOf(place);
        assertFalse(Files.exists(place), outcome.toString());
    }

    /** Broken off at any moment. */
    @Test
    void shouldCleanUpWhenInterrupted(Sandbox sandbox) throws Exception {
        CliProcess demo = sandbox.start("demo", "backup");
        int step = 2 + sandbox.random().nextInt(12);
        demo.awaitOutput("^ ?" + step + "  ", LIMIT);
        Wait.moment(Duration.ofMillis(sandbox.random().nextInt(500)));
        demo.signal("INT");
        Outcome outcome = demo.await(Sandbox.SHORT);
        // It may have come to its end in the meantime.
        assertEquals(outcome.status() == 0, outcome.out().contains("demo: OK"), outcome::toString);
        assertFalse(outcome.err().contains("left behind"), outcome.toString());
        Path place = place(outcome);
        sandbox.requireNothingLeftOf(place);
        assertFalse(Files.exists(place), outcome.toString());
    }

    private static Path place(Outcome outcome) {
        Matcher place = PLACE.matcher(outcome.lines().get(0));
        assertTrue(place.find(), outcome.toString());
        return Path.of(place.group(1));
    }
}
