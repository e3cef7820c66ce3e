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
import org.dmuser.tests.harness.Needs;
import org.dmuser.tests.harness.Outcome;
import org.dmuser.tests.harness.Requirement;
import org.dmuser.tests.harness.Sandbox;
import org.dmuser.tests.harness.SystemTest;
import org.junit.jupiter.api.Test;

/** {@code dmuser demo} shows what it is to show. */
@SystemTest
@Needs({Requirement.FUSE, Requirement.LOOP, Requirement.FIO})
class DemoTest {
    private static final Pattern PLACE = Pattern.compile("All of it is in (\\S+)\\.");

    @Test
    void shouldEndWell(Sandbox sandbox) throws Exception {
        Outcome outcome = sandbox.start("demo").await(Duration.ofSeconds(150)).requireSuccess();
        List<String> lines = outcome.lines();
        assertEquals("demo: OK", lines.get(lines.size() - 1), outcome.toString());
        Matcher place = PLACE.matcher(lines.get(0));
        assertTrue(place.find(), lines.get(0));
        sandbox.requireNothingLeftOf(Path.of(place.group(1)));
        assertFalse(Files.exists(Path.of(place.group(1))), outcome.toString());
    }
}
