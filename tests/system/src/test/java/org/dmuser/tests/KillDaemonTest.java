package org.dmuser.tests;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.dmuser.tests.harness.AckWriter;
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
import org.junit.jupiter.api.Timeout;

/** A daemon is killed under load, many times: no request hangs, nothing acknowledged is lost, the next carries on. */
@SystemTest
@Needs({Requirement.FUSE, Requirement.FIO})
class KillDaemonTest {
    private static final Logger LOG = Logger.getLogger("dmuser");
    private static final int KILLS = Integer.getInteger("dmuser.kills", 50);

    /** Once in so many kills each thread of the load has to get something done. */
    private static final int SYNC_EVERY = 10;

    private static final int THREADS = 4;

    /** For as many starts of a JVM, and more; a wait within one that takes long says so much sooner. */
    private static final int KILL_LIMIT_S = 3600;

    private static final int SIZE = 64 << 20;
    private static final int HALF = SIZE / 2;

    @Test
    @Timeout(KILL_LIMIT_S)
    void shouldLoseNothingAcknowledged(Sandbox sandbox) throws Exception {
        ServiceRig service = sandbox.serve();
        Path device = service.createUser("disk", SIZE / 512);
        String image = "path=" + sandbox.path("image");
        String[] handler = {"file", image, "create=64M", "--channels", "2"};
        CliProcess daemon = service.attach("disk", handler);
        Running writer = sandbox.startJava(
                AckWriter.class,
                device.toString(),
                "0",
                Integer.toString(HALF / 4096),
                Integer.toString(THREADS),
                Integer.toString(sandbox.random().nextInt()));
        writer.awaitOutput("writing", Sandbox.SHORT);
        Fio fio = Fio.start(
                sandbox,
                device,
                List.of(
                        "--rw=randrw",
                        "--offset=" + HALF,
                        "--size=" + HALF,
                        "--time_based",
                        "--runtime=15",
                        "--continue_on_error=io",
                        "--ignore_error=EIO,EIO,EIO"));
        for (int i = 0; i < KILLS; i++) {
            if (i % SYNC_EVERY == 0) {
                sync(writer);
            }
            Wait.moment(Duration.ofMillis(sandbox.random().nextInt(150)));
            daemon.kill();
            daemon = service.attach("disk", handler);
        }
        sync(writer);
        fio.await(Sandbox.SHORT).requireSuccess();
        writer.say("finish");
        Outcome outcome = writer.await(Sandbox.SHORT).requireSuccess();
        Matcher count = Pattern.compile("^intact (\\d+) ", Pattern.MULTILINE).matcher(outcome.out());
        assertTrue(count.find(), outcome.toString());
        assertTrue(Long.parseLong(count.group(1)) > KILLS / SYNC_EVERY * THREADS, "there was no load: " + outcome);
        LOG.info(() -> "killed " + KILLS + " daemons: " + outcome.out().strip().replace('\n', ' '));
        new DeviceIo(sandbox, device).requireUsable();
    }

    private static void sync(Running writer) throws Exception {
        long before = synced(writer);
        writer.say("sync");
        Wait.until(writer::toString, Sandbox.SHORT, () -> synced(writer) > before);
    }

    private static long synced(Running writer) {
        return writer.out().lines().filter(line -> line.startsWith("synced")).count();
    }
}
