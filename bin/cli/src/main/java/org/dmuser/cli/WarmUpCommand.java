package org.dmuser.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.dmuser.cli.backup.TrialMount;
import org.dmuser.cli.base.DmuserCommand;
import org.dmuser.cli.dmsetup.Dmsetup;
import org.dmuser.cli.run.TrialRun;
import org.dmuser.examples.backup.repository.HeadStart;
import org.dmuser.sdk.BlockHandler;
import org.dmuser.sdk.DeviceInfo;
import org.dmuser.sdk.registry.Handlers;
import org.dmuser.shim.service.ControlClient;
import org.dmuser.shim.service.ControlCommand;
import org.dmuser.shim.service.RunDirectory;
import org.dmuser.shim.service.Service;
import org.dmuser.shim.service.ServiceContext;

/**
 * {@code dmuser warm-up}: does, small, what the commands do, so that the classes they need end up in the archive that
 * the launcher has the JVM write. Leaves nothing; where something cannot be done, its classes are not in the archive.
 */
final class WarmUpCommand extends DmuserCommand {
    private static final int SIZE = 1 << 20;

    private static final String[][] QUERIES = {{"ls", "--json"}, {"status", "a"}, {"info", "-c"}};
    private static final String[][] USAGE = {{"ls", "--help"}, {"run", "--help"}, {"attach", "--help"}};

    WarmUpCommand() {
        super("Loads what the commands load, for an archive of classes.");
        grammar.spec().usageMessage().hidden(true);
    }

    @Override
    public Integer call() throws IOException {
        Path directory = Files.createTempDirectory("dmuser-warm-up");
        try {
            RunDirectory run = new RunDirectory(directory.resolve("run"));
            askWithoutService(run);
            askService(run);
            TrialRun.run(directory);
            backUp(directory.resolve("backup"));
            for (String[] words : USAGE) {
                Dmuser.commandLine(words).getSubcommands().get(words[0]).getUsageMessage();
            }
        } finally {
            Files.deleteIfExists(directory);
        }
        return 0;
    }

    /** A device in use, two backups of it, and what one does with them; a snapshot. */
    private static void backUp(Path directory) throws IOException {
        String repository = directory.resolve("repository").toString();
        String tracking = directory.resolve("tracking").toString();
        String image = directory.resolve("image").toString();
        Files.createDirectory(directory);
        try (Handlers handlers = Handlers.load("");
                BlockHandler device = (BlockHandler) handlers.create(
                        "backup",
                        List.of("origin=" + directory.resolve("origin"), "create=1m", "tracking=" + tracking),
                        List.of())) {
            device.open(new DeviceInfo("trial", SIZE, false));
            HeadStart.begin();
            Dmuser.run("backup", "init", repository);
            Dmuser.run("backup", "create", repository, tracking);
            byte[] data = new byte[SIZE / 2];
            new Random(1).nextBytes(data);
            device.write(0, ByteBuffer.wrap(data));
            Dmuser.run("backup", "create", repository, tracking);
            Dmuser.run("backup", "list", repository);
            Dmuser.run("backup", "restore", repository, "latest", image);
            Dmuser.run("backup", "verify", repository, "--read-all");
            TrialMount.run(Path.of(repository), directory.resolve("overlay"));
            takeSnapshot(image, directory.resolve("store").toString());
        } finally {
            deleteAll(directory);
        }
    }

    /** Commands that a daemon carries out, and those that work without one. */
    private static void takeSnapshot(String base, String store) throws IOException {
        try (Handlers handlers = Handlers.load("");
                BlockHandler device = (BlockHandler)
                        handlers.create("snapshot", List.of("base=" + base, "store=" + store), List.of())) {
            device.open(new DeviceInfo("trial", SIZE, false));
            Dmuser.run("snapshot", "create", store, "trial");
            Dmuser.run("snapshot", "list", store);
        }
        Dmuser.run("snapshot", "list", store);
        Dmuser.run("snapshot", "info", store);
    }

    private static void deleteAll(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private static void askWithoutService(RunDirectory directory) {
        try {
            new ControlClient(directory).ask(ControlCommand.LS);
        } catch (IOException e) {
            // As expected: nobody is there.
        }
    }

    private static void askService(RunDirectory directory) throws IOException {
        try (Service service = Service.launch(new ServiceContext().runDirectory(directory))) {
            ControlClient client = new ControlClient(directory);
            client.ask(ControlCommand.CREATE, "a", "", "");
            client.ask(ControlCommand.LOAD, "name", "a", "rw", "0 8 user 0 8 a");
            client.ask(ControlCommand.RESUME, "name", "a", "flush");
            for (String[] words : QUERIES) {
                Dmsetup.run(List.of(words), directory);
            }
            service.stop();
        }
    }
}
