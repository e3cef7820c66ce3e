package org.dmuser.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.dmuser.tests.harness.Needs;
import org.dmuser.tests.harness.Outcome;
import org.dmuser.tests.harness.Requirement;
import org.dmuser.tests.harness.Sandbox;
import org.dmuser.tests.harness.SystemTest;
import org.junit.jupiter.api.Test;

/** dmuser(8), as renderers see it. */
@SystemTest
class ManualPageTest {
    @Test
    @Needs(Requirement.MANDOC)
    void shouldBeWithoutFaultInTheEyesOfARenderer(Sandbox sandbox) throws Exception {
        Path page = sandbox.path("dmuser.8");
        Files.writeString(page, sandbox.dmuser("man").requireSuccess().out());
        Outcome lint = sandbox.program("mandoc", "-T", "lint", "-W", "style", page.toString());
        assertEquals("", lint.out() + lint.err());
        String text = sandbox.program("mandoc", "-T", "ascii", "-O", "width=100", page.toString())
                .requireSuccess()
                .out()
                .replaceAll(".\b", "");
        for (String line : new String[] {
            "DMUSER(8)",
            "       dmuser - block devices written in Java, and the device mapper around them",
            "   dmuser backup create",
            "   dmuser remove",
            "       --run-dir=DIR",
            "       DMUSER_RUN_DIR",
            "           dmuser run memory --size 1G --mkfs ext4 --mount /mnt"
        }) {
            assertTrue(text.contains("\n" + line) || text.startsWith(line), line + " is not in\n" + text);
        }
    }
}
