package org.dmuser.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.dmuser.tests.handlers.Hanging;
import org.dmuser.tests.harness.CliProcess;
import org.dmuser.tests.harness.DeviceIo;
import org.dmuser.tests.harness.Fio;
import org.dmuser.tests.harness.Needs;
import org.dmuser.tests.harness.Outcome;
import org.dmuser.tests.harness.Requirement;
import org.dmuser.tests.harness.Running;
import org.dmuser.tests.harness.Sandbox;
import org.dmuser.tests.harness.ServiceRig;
import org.dmuser.tests.harness.SystemTest;
import org.dmuser.tests.harness.Wait;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Daemons that are slow, absent or dead, where the table says what to do about it. */
@SystemTest
@Needs(Requirement.FUSE)
class TimeoutsTest {
    private static final Duration END = Sandbox.SHORT;
    private static final String HANGING_BLOCK = "5";
    /** Long enough for whatever does not hang, on a machine with a load of 20, or that stands still for a moment. */
    private static final int TIMEOUT_MS = 10_000;

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldEndInTimeAndGoOn(boolean embedded, Sandbox sandbox) throws Exception {
        Path device = embedded ? run(sandbox) : attach(sandbox, "3");
        CliProcess log = sandbox.commands().get(0);
        DeviceIo io = new DeviceIo(sandbox, device);
        Path written = sandbox.randomFile("written", Hanging.BLOCK);
        Running write = io.startWrite(written, "bs=4k", "count=1", "seek=" + HANGING_BLOCK);
        requireTimedOut(io.read(sandbox.path("copy"), "bs=4k", "count=1", "skip=" + HANGING_BLOCK));
        requireTimedOut(write.await(END));
        for (String request : new String[] {"WRITE", "READ"}) {
            log.awaitOutput(
                    "handler " + Hanging.class.getName() + ".* has not answered " + request
                            + " of 4096 bytes at offset 20480 within " + TIMEOUT_MS + " ms",
                    END);
        }
        for (int i = 0; i < 20; i++) {
            Path other = sandbox.randomFile("other", Hanging.BLOCK);
            io.write(other, "bs=4k", "count=1", "seek=6").requireSuccess();
            io.requireHolds(6 * Hanging.BLOCK, other);
        }
        Files.createFile(release(sandbox));
        // What was to be written has been kept for the handler all the time, and comes to be now.
        Wait.until("the late write", END, () -> holds(sandbox, device, written));
        io.requireUsable();
        assertFalse(log.err().contains("violat") || log.err().contains("closed: "), log::err);
        if (embedded) {
            log.signal("INT");
            log.await(END).requireSuccess();
        }
    }

    @Test
    void shouldEndWhatWaitsBehindOneThatHangs(Sandbox sandbox) throws Exception {
        Path device = attach(sandbox, "1");
        DeviceIo io = new DeviceIo(sandbox, device);
        Path copy = sandbox.path("copy");
        requireTimedOut(io.read(copy, "bs=4k", "count=1", "skip=" + HANGING_BLOCK));
        Running write = io.startWrite(sandbox.randomFile("data", Hanging.BLOCK), "bs=4k", "conv=notrunc,fsync");
        requireTimedOut(io.read(copy, "bs=4k", "count=1"));
        requireTimedOut(write.await(END));
        Files.createFile(release(sandbox));
        Wait.until("an answer", END, () -> io.read(copy, "bs=4k", "count=1").status() == 0);
        io.requireUsable();
    }

    @Test
    void shouldEndASplitAndLetTheDeviceBeSuspendedAndRemoved(Sandbox sandbox) throws Exception {
        ServiceRig service = sandbox.serve();
        String lines = "0 40 zero \n40 2008 user 0 2008 disk 2 request_timeout_ms " + TIMEOUT_MS + "\n";
        service.run("create", "disk", "--table", lines);
        Path device = service.file("disk");
        service.attach("disk", hanging(sandbox));
        DeviceIo io = new DeviceIo(sandbox, device);
        Path copy = sandbox.path("copy");
        requireTimedOut(io.read(copy, "bs=8k", "count=1", "iflag=skip_bytes", "skip=16384"));
        service.run("suspend", "disk");
        service.run("resume", "disk");
        io.read(copy, "bs=4k", "count=1").requireSuccess();
        assertEquals(lines, service.run("table", "disk"));
        service.run("remove", "disk");
    }

    @Test
    void shouldWaitForADaemonOnlySoLong(Sandbox sandbox) throws Exception {
        ServiceRig service = sandbox.serve();
        Path device = create(service, "no_daemon_timeout_ms 300");
        DeviceIo io = new DeviceIo(sandbox, device);
        Path copy = sandbox.path("copy");
        for (int i = 0; i < 3; i++) {
            Outcome read = io.read(copy, "bs=4k", "count=1");
            assertTrue(read.status() != 0 && read.err().contains("Input/output error"), read.toString());
        }
        // It is said when what waited has been ended.
        Wait.until("the service says so", END, () -> countLines(service, "no daemon for 300 ms") > 0);
        CliProcess daemon = service.attach("disk", "memory");
        io.requireUsable();
        daemon.kill();
        Wait.until(
                "giving up again", END, () -> io.read(copy, "bs=4k", "count=1").status() != 0);
        Wait.until("the service says so again", END, () -> countLines(service, "no daemon for 300 ms") > 1);
        service.attach("disk", "memory");
        io.requireUsable();
        assertEquals(
                2,
                countLines(service, "no daemon for 300 ms"),
                service.process().err());
    }

    private static long countLines(ServiceRig service, String text) {
        return service.process()
                .err()
                .lines()
                .filter(line -> line.contains(text))
                .count();
    }

    @Test
    @Needs(Requirement.FIO)
    void shouldReissueWhatADeadDaemonHadBegun(Sandbox sandbox) throws Exception {
        ServiceRig service = sandbox.serve();
        service.run("create", "disk", "--table", "0 131072 user 0 131072 disk 2 on_crash reissue");
        // Slow enough for there to be something that it has begun whenever it is killed.
        String[] handler = {"file", "path=" + sandbox.path("image"), "create=64M", "--filter", "delay:write=2ms"};
        CliProcess daemon = service.attach("disk", handler);
        Fio fio = startLoad(sandbox, service);
        for (int kill = 0; kill < 8; kill++) {
            if (!fio.process().isAlive()) {
                requireNoError(fio);
                fio = startLoad(sandbox, service);
            }
            Running load = fio.process();
            Wait.until("load", END, () -> service.requests("disk") > 0 || !load.isAlive());
            Wait.moment(Duration.ofMillis(sandbox.random().nextInt(150)));
            daemon.kill();
            daemon = service.attach("disk", handler);
        }
        requireNoError(fio);
        String log = service.process().err();
        assertTrue(log.contains("are to be reissued") && !log.contains("failed with EIO"), log);
    }

    private static Fio startLoad(Sandbox sandbox, ServiceRig service) throws Exception {
        return Fio.startVerify(sandbox, service.file("disk"), "8M");
    }

    private static void requireNoError(Fio load) throws Exception {
        load.requireNoError(END, 2 * (8 << 20) / 4096);
    }

    private static Path run(Sandbox sandbox) throws Exception {
        Path file = sandbox.path("disk");
        String[] handler = hanging(sandbox);
        sandbox.start(
                        "run",
                        handler[0],
                        handler[1],
                        handler[2],
                        handler[3],
                        handler[4],
                        "--size",
                        "1M",
                        "--request-timeout",
                        TIMEOUT_MS + "ms",
                        "--at",
                        file.toString())
                .awaitReady();
        return file;
    }

    private static Path attach(Sandbox sandbox, String channels) throws Exception {
        ServiceRig service = sandbox.serve();
        Path device = create(service, "request_timeout_ms " + TIMEOUT_MS);
        String[] handler = hanging(sandbox);
        service.attach("disk", handler[0], handler[1], handler[2], handler[3], handler[4], "--channels", channels);
        return device;
    }

    private static Path create(ServiceRig service, String feature) throws Exception {
        service.run("create", "disk", "--table", "0 2048 user 0 2048 disk 2 " + feature);
        return service.file("disk");
    }

    private static String[] hanging(Sandbox sandbox) {
        return new String[] {
            Hanging.class.getName(),
            "--classpath",
            Sandbox.testClasses().toString(),
            "block=" + HANGING_BLOCK,
            "release=" + release(sandbox)
        };
    }

    private static Path release(Sandbox sandbox) {
        return sandbox.path("release");
    }

    private static boolean holds(Sandbox sandbox, Path device, Path data) throws Exception {
        int offset = Integer.parseInt(HANGING_BLOCK) * Hanging.BLOCK;
        return sandbox.program("cmp", "--ignore-initial=" + offset + ":0", "--bytes=4096", "" + device, "" + data)
                        .status()
                == 0;
    }

    private static void requireTimedOut(Outcome outcome) {
        assertTrue(outcome.status() != 0 && outcome.err().contains("Connection timed out"), outcome.toString());
    }
}
