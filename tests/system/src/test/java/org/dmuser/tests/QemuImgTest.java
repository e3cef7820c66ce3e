package org.dmuser.tests;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.dmuser.tests.harness.CliProcess;
import org.dmuser.tests.harness.Needs;
import org.dmuser.tests.harness.Requirement;
import org.dmuser.tests.harness.Sandbox;
import org.dmuser.tests.harness.SystemTest;
import org.junit.jupiter.api.Test;

/** qemu-img takes a device's file for the raw image it is. */
@SystemTest
@Needs({Requirement.FUSE, Requirement.QEMU_IMG})
class QemuImgTest {
    @Test
    void shouldConvertAndCompare(Sandbox sandbox) throws Exception {
        String disk = sandbox.path("disk").toString();
        String raw = sandbox.randomFile("raw", 16 << 20).toString();
        String qcow = sandbox.path("qcow2").toString();
        CliProcess run =
                sandbox.start("run", "memory", "--size", "16M", "--at", disk).awaitReady();
        String info = sandbox.program("qemu-img", "info", "-f", "raw", disk)
                .requireSuccess()
                .out();
        assertTrue(info.contains("virtual size: 16 MiB (16777216 bytes)"), info);
        sandbox.program("qemu-img", "convert", "-n", "-f", "raw", "-O", "raw", "-t", "none", raw, disk)
                .requireSuccess();
        sandbox.program("qemu-img", "compare", "-f", "raw", "-F", "raw", raw, disk)
                .requireSuccess();
        sandbox.program("qemu-img", "convert", "-f", "raw", "-T", "none", "-O", "qcow2", disk, qcow)
                .requireSuccess();
        sandbox.program("qemu-img", "compare", "-f", "qcow2", "-F", "raw", qcow, disk)
                .requireSuccess();
        String first = Path.of(raw).getFileName().toString();
        assertTrue(sandbox.program("cmp", first, disk).status() == 0);
        run.signal("INT");
        run.await(Sandbox.SHORT).requireSuccess();
    }
}
