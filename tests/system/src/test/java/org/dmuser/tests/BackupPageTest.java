package org.dmuser.tests;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import org.dmuser.tests.harness.Examples;
import org.dmuser.tests.harness.Needs;
import org.dmuser.tests.harness.Requirement;
import org.dmuser.tests.harness.Sandbox;
import org.dmuser.tests.harness.SystemTest;
import org.junit.jupiter.api.Test;

/** The page of the backup daemon. */
@SystemTest
@Needs({Requirement.FUSE, Requirement.LOOP})
class BackupPageTest {
    @Test
    void shouldRunItsExamples(Sandbox sandbox) throws Exception {
        Examples.run(sandbox, "backup-daemon.md");
        assertTrue(Files.exists(sandbox.path("backup.key")));
    }
}
