package org.dmuser.cli.device;

import java.io.IOException;
import org.dmuser.shim.service.ControlCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code dmuser table}. */
@Command(name = "table", description = "Shows the tables of devices, as they could be loaded again.")
public final class TableCommand extends DeviceCommand {
    @Mixin
    private LinesOptions options;

    @Override
    public Integer call() throws IOException {
        return ask(ControlCommand.TABLE, options.words());
    }
}
