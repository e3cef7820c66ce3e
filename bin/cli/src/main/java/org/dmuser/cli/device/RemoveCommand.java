package org.dmuser.cli.device;

import java.io.IOException;
import java.util.List;
import org.dmuser.shim.service.ControlCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code dmuser remove}. */
@Command(
        name = "remove",
        description = "Removes devices and their files; their daemons end. Refused while a device is in use.")
public final class RemoveCommand extends DeviceCommand {
    @Parameters(arity = "1..*", paramLabel = "NAME", description = "The devices.")
    private List<String> names;

    @Option(
            names = {"-f", "--force"},
            description = "Removes them even if they are in use: whoever has them open gets errors.")
    private boolean force;

    @Override
    public Integer call() throws IOException {
        return askForEach(ControlCommand.REMOVE, names, force ? "force" : "normal");
    }
}
