package org.dmuser.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.dmuser.tests.harness.DeviceIo;
import org.dmuser.tests.harness.Fio;
import org.dmuser.tests.harness.Loops;
import org.dmuser.tests.harness.Needs;
import org.dmuser.tests.harness.Outcome;
import org.dmuser.tests.harness.Requirement;
import org.dmuser.tests.harness.Running;
import org.dmuser.tests.harness.Sandbox;
import org.dmuser.tests.harness.ServiceRig;
import org.dmuser.tests.harness.StreamDaemon;
import org.dmuser.tests.harness.SystemTest;
import org.dmuser.tests.harness.Wait;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A daemon in C that knows nothing of dmuser but the bytes of {@code /dev/dm-user/NAME}. */
@SystemTest
@Needs({Requirement.FUSE, Requirement.GCC})
class StreamChannelTest {
    private static final int SIZE = 64 << 20;

    /** In whole messages; in small pieces, most of them of odd sizes; by threads with an open of their own. */
    @ParameterizedTest(name = "daemon with {0}")
    @ValueSource(strings = {"-t 1", "-p 333", "-t 16 -p 4097 -f image"})
    @Needs({Requirement.LOOP, Requirement.FIO})
    void shouldHoldAFileSystemAndWhatIsWritten(String options, Sandbox sandbox) throws Exception {
        ServiceRig service = sandbox.serve();
        Path device = service.createUser("disk", SIZE / 512);
        Running daemon = StreamDaemon.compile(sandbox).start("disk", SIZE, options.split(" "));
        Fio.startVerify(sandbox, device, "12M", "--bsrange=512-1m").requireNoError(Sandbox.SHORT, 2 * 12);
        Path loop = Loops.attach(sandbox, device);
        Path mount = sandbox.emptyDirectory("mnt");
        sandbox.program("blkdiscard", loop.toString()).requireSuccess();
        new DeviceIo(sandbox, device).requireZeroes(0, 12 << 20);
        sandbox.program("mkfs.ext4", "-q", loop.toString()).requireSuccess();
        sandbox.program("mount", loop.toString(), mount.toString()).requireSuccess();
        Fio.startVerify(sandbox, mount.resolve("file"), "8M", "--bsrange=4k-1m", "--fsync=8", "--allow_file_create=1")
                .requireNoError(Sandbox.SHORT, 2 * 8);
        sandbox.program("fstrim", mount.toString()).requireSuccess();
        Loops.unmount(sandbox, loop, mount);
        sandbox.program("e2fsck", "-fn", loop.toString()).requireSuccess();
        Loops.detach(sandbox, loop);
        service.run("remove", "disk");
        daemon.await(Sandbox.SHORT).requireSuccess();
    }

    @Test
    void shouldShowTheControlNamesThereAre(Sandbox sandbox) throws Exception {
        ServiceRig service = sandbox.serve();
        Path directory = sandbox.runDirectory().resolve("dm-user");
        service.run("create", "a", "--notable");
        service.run("load", "a", "--table", "0 8 user 0 8 one\n8 8 user 0 8 two");
        assertEquals(List.of("one", "two"), names(sandbox, directory));
        service.run("load", "a", "--table", "0 8 user 0 8 three");
        assertEquals(List.of("three"), names(sandbox, directory));
        service.run("remove", "a");
        assertEquals(List.of(), names(sandbox, directory));
        Outcome cat = sandbox.program("cat", directory.resolve("three").toString());
        assertTrue(cat.err().contains("No such file or directory"), cat.toString());
        Outcome touch = sandbox.program("touch", directory.resolve("new").toString());
        assertTrue(touch.err().contains("Operation not permitted"), touch.toString());
    }

    private static List<String> names(Sandbox sandbox, Path directory) throws Exception {
        return sandbox.program("ls", directory.toString()).requireSuccess().lines();
    }

    @Test
    void shouldFailWhatAKilledDaemonHasReadAndServeTheRest(Sandbox sandbox) throws Exception {
        ServiceRig service = sandbox.serve();
        Path device = service.createUser("disk", SIZE / 512);
        StreamDaemon daemons = StreamDaemon.compile(sandbox);
        Running killed = daemons.start("disk", SIZE, "-h", "0");
        Running first = read(sandbox, device, 0);
        killed.awaitOutput("^holding$", Sandbox.SHORT);
        Running second = read(sandbox, device, 1);
        killed.kill();
        Outcome failed = first.await(Sandbox.SHORT);
        assertTrue(failed.err().contains("Input/output error"), failed.toString());
        assertTrue(second.isAlive(), second.toString());
        daemons.start("disk", SIZE);
        second.await(Sandbox.SHORT).requireSuccess();
        new DeviceIo(sandbox, device).requireUsable();
    }

    @Test
    void shouldGiveWhatAKilledDaemonHasReadToTheNextIfItIsToBeReissued(Sandbox sandbox) throws Exception {
        ServiceRig service = sandbox.serve();
        service.run("create", "disk", "--table", "0 2048 user 0 2048 disk 2 on_crash reissue");
        Path device = service.file("disk");
        StreamDaemon daemons = StreamDaemon.compile(sandbox);
        Running killed = daemons.start("disk", 1 << 20, "-h", "8");
        Path data = sandbox.randomFile("data", 4096);
        Running write = sandbox.startProgram(
                "dd", "if=" + data, "of=" + device, "bs=4096", "count=1", "seek=1", "oflag=direct", "conv=notrunc");
        killed.awaitOutput("^holding$", Sandbox.SHORT);
        killed.kill();
        assertTrue(write.isAlive(), write.toString());
        daemons.start("disk", 1 << 20);
        write.await(Sandbox.SHORT).requireSuccess();
        new DeviceIo(sandbox, device).requireHolds(4096, data);
    }

    private static Running read(Sandbox sandbox, Path device, int block) throws Exception {
        return sandbox.startProgram(
                "dd", "if=" + device, "of=/dev/null", "bs=4096", "count=1", "skip=" + block, "iflag=direct");
    }

    @Test
    void shouldLetASignalInterruptAReadThatWaitsAndRefuseToSplice(Sandbox sandbox) throws Exception {
        ServiceRig service = sandbox.serve();
        Path device = service.createUser("disk", SIZE / 512);
        Running daemon = StreamDaemon.compile(sandbox).start("disk", SIZE, "-e", "8192", "-x");
        daemon.awaitOutput("^splice: Operation not supported$", Sandbox.SHORT);
        // It may be on its way to the first read still, or not there yet.
        Wait.until(() -> "an interrupted read of " + daemon, Sandbox.SHORT, () -> {
            daemon.signal("USR1");
            return daemon.out().contains("interrupted");
        });
        new DeviceIo(sandbox, device).requireUsable();
        Outcome failed = read(sandbox, device, 1024).await(Sandbox.SHORT);
        assertTrue(failed.err().contains("Input/output error"), failed.toString());
    }

    /** Neither a device nor another daemon waits for one that does nothing, and a stop does not, either. */
    @Test
    void shouldKeepNothingElseWaitingForADaemonThatIsStuck(Sandbox sandbox) throws Exception {
        ServiceRig service = sandbox.serve();
        Path stuck = service.createUser("stuck", SIZE / 512);
        Path device = service.createUser("disk", SIZE / 512);
        StreamDaemon daemons = StreamDaemon.compile(sandbox);
        Running stopped = daemons.start("stuck", SIZE, "-t", "4");
        stopped.stop();
        Running waiting = read(sandbox, stuck, 0);
        Running daemon = daemons.start("disk", SIZE);
        new DeviceIo(sandbox, device).requireUsable();
        assertTrue(waiting.isAlive(), waiting.toString());
        service.stop();
        daemon.await(Sandbox.SHORT).requireSuccess();
        assertFalse(waiting.await(Sandbox.SHORT).status() == 0);
        stopped.kill();
    }

    @Test
    void shouldEndDaemonsOfAKilledServiceAndStartCleanNextTime(Sandbox sandbox) throws Exception {
        ServiceRig killed = sandbox.serve();
        killed.createUser("disk", SIZE / 512);
        StreamDaemon daemons = StreamDaemon.compile(sandbox);
        Running daemon = daemons.start("disk", SIZE, "-t", "3");
        killed.kill();
        assertEquals(1, daemon.await(Sandbox.SHORT).status(), daemon.toString());
        ServiceRig service = sandbox.serve();
        Path device = service.createUser("disk", SIZE / 512);
        daemons.start("disk", SIZE);
        new DeviceIo(sandbox, device).requireUsable();
    }
}
