package org.dmuser.cli.device;

import java.io.IOException;
import java.util.List;
import org.dmuser.shim.service.ControlCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code dmuser clear}. */
@Command(name = "clear", description = "Drops the inactive table of devices, if they have one.")
public final class ClearCommand extends DeviceCommand {
    @Parameters(arity = "1..*", paramLabel = "NAME", description = "The devices.")
    private List<String> names;

    @Override
    public Integer call() throws IOException {
        return askForEach(ControlCommand.CLEAR, names, "");
    }
}
