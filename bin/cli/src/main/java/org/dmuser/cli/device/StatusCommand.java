package org.dmuser.cli.device;

import java.io.IOException;
import org.dmuser.shim.service.ControlCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code dmuser status}. */
@Command(name = "status", description = "Shows the state of each target of devices.")
public final class StatusCommand extends DeviceCommand {
    @Mixin
    private LinesOptions options;

    @Override
    public Integer call() throws IOException {
        return ask(ControlCommand.STATUS, options.words());
    }
}
