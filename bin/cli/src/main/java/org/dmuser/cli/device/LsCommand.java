package org.dmuser.cli.device;

import java.io.IOException;
import java.util.List;
import org.dmuser.shim.service.ControlCommand;
import picocli.CommandLine.Command;

/** {@code dmuser ls}. */
@Command(name = "ls", description = "Lists the devices with their numbers.")
public final class LsCommand extends DeviceCommand {
    @Override
    public Integer call() throws IOException {
        return ask(ControlCommand.LS, List.of());
    }
}
