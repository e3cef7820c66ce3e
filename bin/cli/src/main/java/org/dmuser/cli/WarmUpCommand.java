package org.dmuser.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.dmuser.cli.base.DmuserCommand;
import org.dmuser.cli.run.TrialRun;
import org.dmuser.shim.service.ControlClient;
import org.dmuser.shim.service.ControlCommand;
import org.dmuser.shim.service.RunDirectory;
import org.dmuser.shim.service.Service;
import org.dmuser.shim.service.ServiceContext;
import picocli.CommandLine.Command;

/**
 * {@code dmuser warm-up}: does, small, what the commands do, so that the classes they need end up in the archive that
 * the launcher has the JVM write. Leaves nothing; where something cannot be done, its classes are not in the archive.
 */
@Command(name = "warm-up", hidden = true, description = "Loads what the commands load, for an archive of classes.")
final class WarmUpCommand extends DmuserCommand {
    private static final String[][] USAGE = {{"ls", "--help"}, {"run", "--help"}, {"attach", "--help"}};

    @Override
    public Integer call() throws IOException {
        Path directory = Files.createTempDirectory("dmuser-warm-up");
        try {
            RunDirectory run = new RunDirectory(directory.resolve("run"));
            askWithoutService(run);
            askService(run);
            TrialRun.run(directory);
            for (String[] words : USAGE) {
                Dmuser.commandLine(words).getSubcommands().get(words[0]).getUsageMessage();
            }
        } finally {
            Files.deleteIfExists(directory);
        }
        return 0;
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
            client.ask(ControlCommand.CREATE, "a", "rw", "0 8 user 0 8 a");
            client.ask(ControlCommand.LS);
            client.ask(ControlCommand.STATUS, "live", "");
            client.ask(ControlCommand.INFO, "columns");
            service.stop();
        }
    }
}
