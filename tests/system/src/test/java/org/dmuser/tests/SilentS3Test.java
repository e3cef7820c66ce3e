package org.dmuser.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.dmuser.tests.harness.CliProcess;
import org.dmuser.tests.harness.Needs;
import org.dmuser.tests.harness.Outcome;
import org.dmuser.tests.harness.Requirement;
import org.dmuser.tests.harness.Running;
import org.dmuser.tests.harness.Sandbox;
import org.dmuser.tests.harness.SystemTest;
import org.junit.jupiter.api.Test;

/** A server of S3 that takes requests and never answers. */
@SystemTest
class SilentS3Test {
    private static final Duration END = Sandbox.SHORT;

    @Test
    @Needs(Requirement.FUSE)
    void shouldLetAMountBeInterrupted(Sandbox sandbox) throws Exception {
        Path file = sandbox.path("disk");
        try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            String repository = "s3://bucket/prefix?timeout=3600&endpoint=http://127.0.0.1:" + server.getLocalPort();
            Running mount = sandbox.startProgram(
                    "env",
                    "AWS_ACCESS_KEY_ID=test",
                    "AWS_SECRET_ACCESS_KEY=secret",
                    CliProcess.launcher().toString(),
                    "backup",
                    "mount",
                    repository,
                    "latest",
                    file.toString());
            try (Socket client = server.accept()) {
                // Now the request is under way, and there it stays.
                client.getInputStream().read();
                mount.signal("INT");
                Outcome outcome = mount.await(END);
                assertEquals(0, outcome.status(), outcome.toString());
            }
        }
        assertFalse(Files.exists(file));
        sandbox.requireNothingLeft();
    }
}
