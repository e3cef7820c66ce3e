package org.dmuser.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.dmuser.tests.harness.AckWriter;
import org.dmuser.tests.harness.CliProcess;
import org.dmuser.tests.harness.DeviceIo;
import org.dmuser.tests.harness.Examples;
import org.dmuser.tests.harness.Needs;
import org.dmuser.tests.harness.Outcome;
import org.dmuser.tests.harness.Requirement;
import org.dmuser.tests.harness.Running;
import org.dmuser.tests.harness.Sandbox;
import org.dmuser.tests.harness.ServiceRig;
import org.dmuser.tests.harness.SystemTest;
import org.dmuser.tests.harness.Wait;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The snapshot daemon, by its commands. */
@SystemTest
@Needs(Requirement.FUSE)
class SnapshotTest {
    private static final int SIZE = 16 << 20;

    /** For 100 kills; a wait within one that takes long says so much sooner. */
    private static final int KILL_LIMIT_S = 3600;

    private static Path base(Sandbox sandbox) throws Exception {
        return sandbox.randomFile("base", SIZE);
    }

    /**
     * Killed at any moment, with snapshots made in between: what was flushed is there, and each snapshot as it was.
     * {@code -Ddmuser.kills=100}: so often.
     */
    @Test
    @Timeout(KILL_LIMIT_S)
    void shouldLoseNothingFlushedWhenKilled(Sandbox sandbox) throws Exception {
        killOverAndOver(sandbox, "durable");
    }

    /** As in a file: the next daemon has all that was acknowledged by the one that was killed. */
    @Test
    @Timeout(KILL_LIMIT_S)
    void shouldLoseNothingAcknowledgedWhenKilled(Sandbox sandbox) throws Exception {
        killOverAndOver(sandbox);
    }

    private static void killOverAndOver(Sandbox sandbox, String... durable) throws Exception {
        int kills = Integer.getInteger("dmuser.kills", 4);
        ServiceRig service = sandbox.serve();
        Path device = service.createUser("disk", SIZE / 512);
        Files.write(sandbox.path("base"), new byte[SIZE]);
        String[] handler = {"snapshot", "base=base", "store=store", "block=16k", "--channels", "2"};
        CliProcess daemon = service.attach("disk", handler);
        int seed = sandbox.random().nextInt();
        List<String> arguments = new ArrayList<>(
                List.of(device.toString(), "0", Integer.toString(SIZE / 4096), "4", Integer.toString(seed)));
        arguments.addAll(List.of(durable));
        Running writer = sandbox.startJava(AckWriter.class, arguments.toArray(String[]::new));
        writer.awaitOutput("writing", Sandbox.SHORT);
        Map<String, Path> exports = new LinkedHashMap<>();
        for (int i = 0; i < kills; i++) {
            if (i % 3 == 1) {
                String name = "s" + i;
                service.run("snapshot", "create", "disk", name);
                exports.put(name, sandbox.path(name));
                service.run("snapshot", "export", "disk", name, name);
            }
            Wait.moment(Duration.ofMillis(sandbox.random().nextInt(200)));
            daemon.kill();
            daemon = service.attach("disk", handler);
        }
        writer.say("sync");
        writer.awaitOutput("synced", Sandbox.SHORT);
        writer.say("finish");
        writer.await(Sandbox.SHORT).requireSuccess();
        for (Map.Entry<String, Path> export : exports.entrySet()) {
            service.run("snapshot", "export", "disk", export.getKey(), "again", "--force");
            assertEquals(-1, Files.mismatch(export.getValue(), sandbox.path("again")), export.getKey());
            Files.delete(export.getValue());
        }
    }

    @Test
    void shouldServeASnapshotReadOnly(Sandbox sandbox) throws Exception {
        Path base = base(sandbox);
        CliProcess run = sandbox.start("run", "snapshot", "base=base", "store=store", "--at", "disk")
                .awaitReady();
        sandbox.dmuser("snapshot", "create", "./store", "one").requireSuccess();
        new DeviceIo(sandbox, sandbox.path("disk"))
                .write(sandbox.randomFile("data", 1 << 20))
                .requireSuccess();
        CliProcess old = sandbox.start("run", "snapshot", "base=base", "store=store", "at=one", "--at", "old")
                .awaitReady();
        sandbox.program("cmp", "old", base.toString()).requireSuccess();
        Outcome write = new DeviceIo(sandbox, sandbox.path("old")).write(sandbox.path("data"));
        assertTrue(write.err().contains("Read-only") || write.err().contains("denied"), write.toString());
        sandbox.dmuser("snapshot", "delete", "./store", "one").requireOneLine("at=one");
        sandbox.program("cmp", "old", base.toString()).requireSuccess();
        old.signal("INT");
        old.await(Sandbox.SHORT).requireSuccess();
        sandbox.dmuser("snapshot", "delete", "./store", "one").requireSuccess();
        run.signal("INT");
        run.await(Sandbox.SHORT).requireSuccess();
    }

    @Test
    @Needs(Requirement.ROOT)
    void shouldSayThatTheDiskIsFullAndGoOn(Sandbox sandbox) throws Exception {
        Path small = sandbox.emptyDirectory("small");
        sandbox.program("mount", "-t", "tmpfs", "-o", "size=8M", "tmpfs", small.toString())
                .requireSuccess();
        ServiceRig service = sandbox.serve();
        Path base = base(sandbox);
        Path device = service.createUser("disk", SIZE / 512);
        CliProcess daemon = service.attach("disk", "snapshot", "base=base", "store=small/store");
        DeviceIo io = new DeviceIo(sandbox, device);
        Path data = sandbox.randomFile("data", SIZE);
        io.write(data, "bs=1M", "count=2", "oflag=direct").requireSuccess();
        service.run("snapshot", "create", "disk", "early");
        Outcome full = io.write(data, "bs=64k", "oflag=direct");
        assertTrue(full.err().contains("No space left on device"), full.toString());
        daemon.awaitOutput("the disk it is on is full", Sandbox.SHORT);
        sandbox.dmuser("snapshot", "create", "disk", "late").requireSuccess();
        service.run("snapshot", "export", "disk", "early", "early");
        sandbox.program("cmp", "-n", "2097152", "early", "data").requireSuccess();
        sandbox.program("cmp", "-i", "2097152", "early", base.toString()).requireSuccess();
        service.run("snapshot", "delete", "disk", "late");
        sandbox.program("fallocate", "-p", "-o", "0", "-l", Integer.toString(SIZE), device.toString())
                .requireSuccess();
        io.write(data, "bs=1M", "count=2", "oflag=direct").requireSuccess();
        sandbox.program("cmp", "-n", "2097152", device.toString(), "data").requireSuccess();
        service.stop();
        daemon.await(Sandbox.SHORT);
        sandbox.program("umount", small.toString()).requireSuccess();
    }

    @Test
    void shouldWorkWithoutADaemon(Sandbox sandbox) throws Exception {
        base(sandbox);
        CliProcess run = sandbox.start("run", "snapshot", "base=base", "store=store", "--at", "disk")
                .awaitReady();
        DeviceIo io = new DeviceIo(sandbox, sandbox.path("disk"));
        io.write(sandbox.randomFile("data", 1 << 20)).requireSuccess();
        sandbox.dmuser("snapshot", "create", "./store", "one").requireSuccess();
        sandbox.dmuser("snapshot", "rollback", "./store", "one").requireOneLine("--force");
        run.signal("INT");
        run.await(Sandbox.SHORT).requireSuccess();
        sandbox.dmuser("snapshot", "create", "./store", "two").requireSuccess();
        sandbox.dmuser("snapshot", "create", "./store", "two").requireOneLine("two", "already");
        sandbox.dmuser("snapshot", "rollback", "./store", "one").requireSuccess();
        String list = sandbox.dmuser("snapshot", "list", "./store", "--json")
                .requireSuccess()
                .out();
        assertTrue(list.matches("(?s)\\[\\{\"name\": \"one\", .*\\{\"name\": \"two\", .*}]\n"), list);
        String info = sandbox.dmuser("snapshot", "info", "./store", "--json")
                .requireSuccess()
                .out();
        assertTrue(info.contains("\"daemon\": false"), info);
        assertTrue(info.contains("\"dataBytes\": 1048576"), info);
        sandbox.dmuser("snapshot", "export", "./store", "one", "image").requireSuccess();
        sandbox.program("cmp", "-n", "1048576", "image", "data").requireSuccess();
        sandbox.program("mv", "base", "moved").requireSuccess();
        sandbox.dmuser("snapshot", "delete", "./store", "one").requireOneLine("--base");
        sandbox.dmuser("snapshot", "delete", "./store", "one", "two", "--base", "moved")
                .requireSuccess();
        assertEquals(
                "",
                sandbox.dmuser("snapshot", "list", "./store").requireSuccess().out());
    }

    @Test
    void shouldSayWhatIsWrong(Sandbox sandbox) throws Exception {
        base(sandbox);
        sandbox.dmuser("snapshot", "list", "disk").requireOneLine("disk");
        sandbox.dmuser("snapshot", "list", "./nothing").requireOneLine("no snapshot store", "nothing");
        sandbox.dmuser("run", "snapshot", "base=base").requireOneLine("store is missing");
        sandbox.dmuser("run", "snapshot", "base=none", "store=store").requireOneLine("none does not exist");
        sandbox.dmuser("run", "snapshot", "base=base", "store=a/b").requireOneLine("no directory");
        sandbox.dmuser("run", "snapshot", "base=base", "store=base").requireOneLine("not a directory");
        sandbox.dmuser("run", "snapshot", "base=base", "store=s", "block=5k").requireOneLine("64k");
        sandbox.dmuser("run", "snapshot", "base=base", "store=s", "overlay=yes").requireOneLine("at=NAME");
        sandbox.dmuser("run", "snapshot", "base=base", "store=s", "at=x").requireOneLine("no snapshot store");
        CliProcess run = sandbox.start("run", "snapshot", "base=base", "store=store", "--at", "disk")
                .awaitReady();
        sandbox.dmuser("run", "snapshot", "base=base", "store=store").requireOneLine("in use by process");
        sandbox.dmuser("snapshot", "create", "./store", "a/b").requireOneLine("a/b");
        sandbox.dmuser("snapshot", "delete", "./store", "none").requireOneLine("none");
        sandbox.dmuser("snapshot", "export", "./store", "none", "base", "--force")
                .requireOneLine("is the base");
        sandbox.dmuser("snapshot", "export", "./store", "none", "x").requireOneLine("no snapshot 'none'");
        run.signal("INT");
        run.await(Sandbox.SHORT).requireSuccess();
    }

    @Test
    @Needs(Requirement.LOOP)
    void shouldRunTheExamplesOfItsPage(Sandbox sandbox) throws Exception {
        Examples.run(sandbox, "snapshot-daemon.md");
        assertTrue(Files.exists(sandbox.path("monday.img")));
    }
}
