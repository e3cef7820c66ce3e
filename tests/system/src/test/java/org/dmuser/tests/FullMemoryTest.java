package org.dmuser.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.dmuser.channel.Seats;
import org.dmuser.tests.harness.CliProcess;
import org.dmuser.tests.harness.DeviceIo;
import org.dmuser.tests.harness.Fio;
import org.dmuser.tests.harness.Needs;
import org.dmuser.tests.harness.Requirement;
import org.dmuser.tests.harness.Sandbox;
import org.dmuser.tests.harness.ServiceRig;
import org.dmuser.tests.harness.SystemTest;
import org.junit.jupiter.api.Test;

/** There is no more shared memory, where channels have their files. */
@SystemTest
@Needs({Requirement.FUSE, Requirement.ROOT})
class FullMemoryTest {
    private static Path mountMemory(Sandbox sandbox, String size) throws Exception {
        Path run = Files.createDirectory(sandbox.runDirectory());
        sandbox.program("mount", "-t", "tmpfs", "-o", "size=" + size + ",mode=0700", "tmpfs", run.toString())
                .requireSuccess();
        return run;
    }

    @Test
    void shouldRefuseToAttach(Sandbox sandbox) throws Exception {
        Path run = mountMemory(sandbox, "256k");
        ServiceRig service = sandbox.serve();
        service.createUser("disk", 2048);
        sandbox.dmuser("attach", "disk", "memory").requireOneLine("No space left on device");
        sandbox.dmuser("attach", "disk", "memory", "--detach").requireOneLine("No space left on device");
        assertEquals(
                List.of(Seats.FILE_NAME),
                List.of(run.resolve("channel").toFile().list()),
                "files of channels are left");
        assertEquals("disk\t(252:0)\n", service.run("ls"));
        service.stop();
        sandbox.program("umount", run.toString()).requireSuccess();
    }

    /** Requests keep the slots they have been lent, and nobody waits for one that does not come. */
    @Test
    @Needs(Requirement.FIO)
    void shouldGoOnUnderLoadWhenMemoryRunsOut(Sandbox sandbox) throws Exception {
        Path run = mountMemory(sandbox, "16M");
        ServiceRig service = sandbox.serve();
        Path device = service.createUser("disk", (64 << 20) / 512);
        CliProcess daemon = service.attach("disk", "memory", "--channels", "2");
        Fio fio = Fio.start(
                sandbox,
                device,
                List.of(
                        "--rw=randwrite",
                        "--bsrange=4k-1m",
                        "--size=16M",
                        "--numjobs=4",
                        "--offset_increment=16M",
                        "--verify=crc32c",
                        "--loops=8"));
        for (int i = 0; i < 20 && fio.process().isAlive(); i++) {
            sandbox.program("dd", "if=/dev/zero", "of=" + run.resolve("filler"), "bs=64k");
            sandbox.program("rm", run.resolve("filler").toString()).requireSuccess();
        }
        fio.requireNoError(Sandbox.SHORT, 4 * 16);
        service.stop();
        daemon.await(Sandbox.SHORT);
        sandbox.program("umount", run.toString()).requireSuccess();
    }

    /** With the slots it has, the first of which it always has. */
    @Test
    void shouldGoOnWhenMemoryRunsOut(Sandbox sandbox) throws Exception {
        Path run = mountMemory(sandbox, "16M");
        ServiceRig service = sandbox.serve();
        Path device = service.createUser("disk", 8192);
        CliProcess daemon = service.attach("disk", "memory");
        sandbox.program("dd", "if=/dev/zero", "of=" + run.resolve("filler"), "bs=64k");
        new DeviceIo(sandbox, device).requireUsable();
        sandbox.program("rm", run.resolve("filler").toString()).requireSuccess();
        new DeviceIo(sandbox, device).requireUsable();
        daemon.signal("TERM");
        daemon.await(Sandbox.SHORT).requireSuccess();
        service.stop();
        sandbox.program("umount", run.toString()).requireSuccess();
    }
}
