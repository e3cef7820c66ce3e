package org.dmuser.tests.differential;

import static org.junit.jupiter.api.Assertions.assertAll;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.dmuser.tests.harness.Needs;
import org.dmuser.tests.harness.Requirement;
import org.dmuser.tests.harness.Sandbox;
import org.dmuser.tests.harness.SystemTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Plays the scripts on a real kernel, to see whether it still prints what the records say. */
@SystemTest
@Needs({Requirement.ROOT, Requirement.USER_MODE_LINUX})
class KernelRecordsTest {
    private static final Duration BOOT_AND_PLAY = Duration.ofMinutes(10);

    @Test
    @Timeout(660)
    void shouldHoldOnARealKernel(Sandbox sandbox) throws Exception {
        List<Path> scripts = Scripts.all();
        Path played = Files.createDirectory(sandbox.path("played"));
        List<String> command = new ArrayList<>(List.of(
                "env",
                "KERNEL_TIMEOUT=" + (BOOT_AND_PLAY.toSeconds() - 30),
                Scripts.directory().resolve("on-kernel").toString(),
                played.toString()));
        scripts.forEach(script -> command.add(script.toString()));
        sandbox.startProgram(command.toArray(String[]::new))
                .await(BOOT_AND_PLAY)
                .requireSuccess();
        assertAll(scripts.stream()
                .map(script -> () -> Scripts.assertAsRecorded(
                        script, Files.readString(played.resolve(Scripts.name(script) + ".kernel")))));
    }
}
