package org.dmuser.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.dmuser.examples.backup.repository.ChunkReader;
import org.dmuser.examples.backup.repository.LockKind;
import org.dmuser.examples.backup.repository.Point;
import org.dmuser.examples.backup.repository.Repository;
import org.dmuser.examples.backup.repository.RepositoryCheck;
import org.dmuser.examples.backup.repository.crypto.Key;
import org.dmuser.examples.backup.repository.storage.Storages;
import org.dmuser.examples.backup.work.Progress;
import org.dmuser.examples.backup.work.Restore;
import org.dmuser.examples.backup.work.RestoreTarget;
import org.dmuser.examples.backup.work.Stop;
import org.dmuser.examples.backup.work.Verify;
import org.dmuser.tests.harness.CliProcess;
import org.dmuser.tests.harness.HistoryWriter;
import org.dmuser.tests.harness.Needs;
import org.dmuser.tests.harness.Outcome;
import org.dmuser.tests.harness.Requirement;
import org.dmuser.tests.harness.Running;
import org.dmuser.tests.harness.Sandbox;
import org.dmuser.tests.harness.ServiceRig;
import org.dmuser.tests.harness.SystemTest;
import org.dmuser.tests.harness.Wait;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * {@code kill -9} at any moment of a backup, under load: the next run finds the repository in order, every point in it
 * is the device as it was at a moment of that backup, and nothing the device has acknowledged is lost.
 *
 * <p>{@code -Ddmuser.backup.kills=100}: so often each.
 */
@SystemTest
@Needs(Requirement.FUSE)
class KillBackupTest {
    private static final Logger LOG = Logger.getLogger("dmuser");
    private static final int KILLS = Integer.getInteger("dmuser.backup.kills", 2);
    private static final int SIZE = 8 << 20;
    private static final int PRUNE_EVERY = 8;
    private static final Pattern REPORTED = Pattern.compile("^restore point ([0-9a-f]+) ", Pattern.MULTILINE);

    /** Who is killed. */
    enum Victim {
        DAEMON,
        COMMAND,
        BOTH
    }

    private Sandbox sandbox;
    private ServiceRig service;
    private Path origin;
    private Path repository;
    private Running writer;
    private CliProcess daemon;

    /** How long a backup takes from its lock on, as far as is known; kills come within that, and a little after. */
    private long typicalMs;

    private final Set<String> seen = new HashSet<>();
    private int reported;

    @ParameterizedTest
    @EnumSource
    @Timeout(7200)
    void shouldLoseNothingWhenKilled(Victim victim, Sandbox place) throws Exception {
        setUp(place);
        finish("first");
        for (int round = 0; round < KILLS; round++) {
            round(victim, "round" + round);
            if (round % PRUNE_EVERY == PRUNE_EVERY - 1) {
                service.run("backup", "prune", repository.toString(), "--keep-last", "2");
            }
        }
        finish("last");
        service.run("backup", "verify", repository.toString(), "--read-all");
        writer.say("finish");
        String end = writer.await(Sandbox.SHORT).requireSuccess().out();
        LOG.info(() -> KILLS + " times killed: " + victim + ", " + reported + " points reported, " + seen.size()
                + " restored; " + end.lines().reduce("", (before, line) -> line));
    }

    private void setUp(Sandbox place) throws Exception {
        sandbox = place;
        service = sandbox.serve();
        Path device = service.createUser("disk", SIZE / 512);
        origin = sandbox.path("origin");
        repository = sandbox.path("repository");
        daemon = attach();
        service.run("backup", "init", repository.toString());
        writer = sandbox.startJava(
                HistoryWriter.class,
                device.toString(),
                Integer.toString(SIZE / 4096),
                "3",
                Integer.toString(sandbox.random().nextInt()));
        writer.awaitOutput("writing", Sandbox.SHORT);
    }

    private CliProcess attach() throws Exception {
        return service.attach(
                "disk",
                "backup",
                "origin=" + origin,
                "create=" + SIZE,
                "tracking=" + sandbox.path("disk.tracking"),
                "--channels",
                "2");
    }

    /** A backup that nobody disturbs has to come about, and to be right. */
    private void finish(String name) throws Exception {
        say("begin", "begun");
        Set<Path> locksBefore = locks();
        CliProcess backup = startBackup();
        awaitLock(backup, locksBefore);
        long lockedNs = System.nanoTime();
        Outcome outcome = backup.await(Sandbox.SHORT).requireSuccess();
        typicalMs = Math.max(1, (System.nanoTime() - lockedNs) / 1_000_000);
        checkPoints(name, outcome);
    }

    private void round(Victim victim, String name) throws Exception {
        say("begin", "begun");
        Set<Path> locksBefore = locks();
        CliProcess backup = startBackup();
        awaitMoment(backup, locksBefore);
        if (victim != Victim.COMMAND) {
            daemon.kill();
        }
        if (victim != Victim.DAEMON) {
            backup.kill();
        }
        Outcome outcome = backup.await(Sandbox.SHORT);
        checkPoints(name, outcome);
        if (victim != Victim.COMMAND) {
            // What it had begun fails, and the rest waits: the origin stands still.
            say("begin", "begun");
            say("end " + name + "-origin", "ended " + name + "-origin");
            say("image " + name + "-origin " + origin, "right " + name + "-origin");
            daemon = attach();
        }
    }

    private CliProcess startBackup() throws Exception {
        return sandbox.start("backup", "create", repository.toString(), "disk", "--nice", "0");
    }

    /** Any moment from when it has its lock, and once in a while before. */
    private void awaitMoment(CliProcess backup, Set<Path> locksBefore) throws Exception {
        if (sandbox.random().nextInt(8) == 0) {
            Wait.moment(Duration.ofMillis(sandbox.random().nextInt(600)));
            return;
        }
        awaitLock(backup, locksBefore);
        long waitMs = sandbox.random().nextLong(typicalMs + typicalMs / 4 + 1);
        if (!Wait.within(Duration.ofMillis(waitMs), () -> !backup.isAlive()) && waitMs > typicalMs) {
            // It takes longer now that the machine has more to do.
            typicalMs += typicalMs / 4 + 1;
        }
    }

    private void awaitLock(CliProcess backup, Set<Path> locksBefore) throws Exception {
        Wait.until("lock", Sandbox.SHORT, () -> !locksBefore.containsAll(locks()) || !backup.isAlive());
    }

    /** Those of the killed among them. */
    private Set<Path> locks() throws Exception {
        Path locks = repository.resolve("locks");
        if (!Files.isDirectory(locks)) {
            return Set.of();
        }
        try (Stream<Path> found = Files.list(locks)) {
            return found.collect(Collectors.toSet());
        }
    }

    /** What is reported is there; what is there is whole, and what the device was. */
    private void checkPoints(String name, Outcome backup) throws Exception {
        say("end " + name, "ended " + name);
        try (Repository opened = Repository.open(Storages.open(repository.toString()), Key.NONE)) {
            opened.lock(LockKind.READ);
            Verify.Result verified = Verify.run(opened, RepositoryCheck.Depth.CONTENT, new Progress(), new Stop());
            assertEquals(List.of(), verified.findings(), backup.toString());
            List<Point> fresh = opened.points().list().points().stream()
                    .filter(point -> seen.add(point.id()))
                    .toList();
            Matcher report = REPORTED.matcher(backup.out());
            if (report.find()) {
                reported++;
                assertEquals(
                        List.of(report.group(1)), fresh.stream().map(Point::id).toList(), backup.toString());
            }
            assertTrue(backup.status() != 0 || !fresh.isEmpty(), backup.toString());
            for (Point point : fresh) {
                Path image = sandbox.path(name + ".img");
                restore(opened, point, image);
                say("image " + name + " " + image, "right " + name);
                Files.delete(image);
            }
        }
    }

    private static void restore(Repository opened, Point point, Path image) throws Exception {
        try (ChunkReader chunks = opened.reader();
                RestoreTarget target = RestoreTarget.open(image, point.size(), false)) {
            Restore.Result result = Restore.run(chunks, point, target, new Progress(), new Stop());
            assertEquals(List.of(), result.damages());
        }
    }

    private void say(String line, String answer) throws Exception {
        int before = count(answer);
        writer.say(line);
        Wait.until(() -> answer + " of " + writer, Sandbox.SHORT, () -> {
            assertTrue(writer.isAlive(), () -> writer.toString());
            return count(answer) > before;
        });
    }

    private int count(String answer) {
        return (int) writer.out().lines().filter(answer::equals).count();
    }
}
