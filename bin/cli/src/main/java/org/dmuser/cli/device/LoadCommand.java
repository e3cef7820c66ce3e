package org.dmuser.cli.device;

import java.io.IOException;
import java.util.List;
import org.dmuser.shim.service.ControlCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code dmuser load}. */
@Command(
        name = "load",
        description = "Loads a table into the inactive slot of a device; the next resume makes it the live one.",
        footer = {"", "  dmuser load disk --table '0 2097152 zero' && dmuser resume disk"})
public final class LoadCommand extends DeviceCommand {
    @Mixin
    private TableArguments arguments;

    @Option(
            names = {"-r", "--readonly"},
            description = "Loads it read-only: writing fails with EROFS.")
    private boolean readOnly;

    @Override
    public Integer call() throws IOException {
        return ask(ControlCommand.LOAD, List.of(arguments.name(), readOnly ? "ro" : "rw", arguments.read()));
    }
}
