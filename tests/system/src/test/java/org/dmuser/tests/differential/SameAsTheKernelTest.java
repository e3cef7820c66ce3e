package org.dmuser.tests.differential;

import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.dmuser.shim.dm.DeviceMapper;
import org.dmuser.tests.harness.CliProcess;
import org.dmuser.tests.harness.Loops;
import org.dmuser.tests.harness.Needs;
import org.dmuser.tests.harness.Outcome;
import org.dmuser.tests.harness.Requirement;
import org.dmuser.tests.harness.Sandbox;
import org.dmuser.tests.harness.SystemTest;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Plays the scripts on dmuser, whose output has to be what the kernel's was, and the disks' content too. */
@SystemTest
@Needs({Requirement.FUSE, Requirement.LOOP})
class SameAsTheKernelTest {
    private static final Duration PLAY = Duration.ofSeconds(240);
    private static final String[] DISKS = {"A", "B", "C"};
    private static final long[] DISK_BYTES = {4 << 20, 4 << 20, 2 << 20};

    private Sandbox sandbox;
    private final List<String> environment = new ArrayList<>();

    @TestFactory
    Stream<DynamicTest> shouldDoWhatTheKernelDid(Sandbox ours) throws Exception {
        sandbox = ours;
        sandbox.serve();
        List<Path> loops = new ArrayList<>();
        for (int i = 0; i < DISKS.length; i++) {
            Path file = sandbox.path("disk-" + DISKS[i]);
            try (RandomAccessFile disk = new RandomAccessFile(file.toFile(), "rw")) {
                disk.setLength(DISK_BYTES[i]);
            }
            loops.add(Loops.attach(sandbox, file));
            environment.add(DISKS[i] + "=" + loops.get(i));
        }
        Path real = Files.createDirectory(sandbox.path("real"));
        Files.createSymbolicLink(real.resolve("dmsetup"), CliProcess.launcher());
        Path quick = Files.createDirectory(sandbox.path("quick"));
        Files.createSymbolicLink(quick.resolve("dmsetup"), Scripts.directory().resolve("dmsetup-of-the-test"));
        sandbox.program("mkfifo", quick.resolve("requests").toString()).requireSuccess();
        DmsetupServer server = new DmsetupServer(quick, sandbox.runDirectory());
        environment.add("DM=" + sandbox.runDirectory().resolve("mapper"));
        environment.add("M=" + DeviceMapper.MAJOR);
        environment.add("PATTERNS=" + sandbox.path("patterns"));
        environment.add("TMPDIR=" + sandbox.directory());
        environment.add("PLAY_TIMEOUT=" + (PLAY.toSeconds() - 20));
        environment.add("DMSETUP_SERVER=" + quick);

        Stream<DynamicTest> scripts = Scripts.all().stream()
                .map(script -> dynamicTest(Scripts.name(script), script.toUri(), () -> play(script, real, quick)));
        DynamicTest end = dynamicTest("end", () -> {
            server.stop();
            for (Path loop : loops) {
                Loops.detach(sandbox, loop);
            }
        });
        return Stream.concat(scripts, Stream.of(end));
    }

    private void play(Path script, Path real, Path quick) throws Exception {
        Path commands = Scripts.isReal(script) ? real : quick;
        List<String> command = new ArrayList<>(List.of("env", "PATH=" + commands + ":" + path()));
        command.addAll(environment);
        command.addAll(List.of(Scripts.directory().resolve("play").toString(), script.toString()));
        Outcome outcome = sandbox.startProgram(command.toArray(String[]::new)).await(PLAY);
        Scripts.assertAsRecorded(script, outcome.requireSuccess().out());
    }

    private static String path() throws IOException {
        return System.getenv("PATH") + ":/usr/sbin:/sbin";
    }
}
