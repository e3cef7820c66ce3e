package org.dmuser.cli.device;

import java.io.IOException;
import java.util.List;
import org.dmuser.cli.base.CliException;
import org.dmuser.shim.service.ControlCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code dmuser create}. */
@Command(
        name = "create",
        description = "Makes a device with a table, and its file DIR/mapper/NAME.",
        footer = {
            "",
            "A device whose sectors come from a daemon, and one in front of it that shows its second half:",
            "  dmuser create disk --table '0 2097152 user 0 2097152 disk'",
            "  echo '0 1048576 linear /run/dmuser/mapper/disk 1048576' | dmuser create half",
            "What is done about daemons that are absent, dead or slow, if anything, stands",
            "behind the control name: how many words follow, then any of",
            "no_daemon_timeout_ms N, on_crash error|reissue, request_timeout_ms N:",
            "  dmuser create disk --table '0 8192 user 0 8192 disk 2 request_timeout_ms 5000'"
        })
public final class CreateCommand extends DeviceCommand {
    @Mixin
    private TableArguments arguments;

    @Option(
            names = {"-n", "--notable"},
            description = "Makes it without a table: it has no size until one is loaded and resumed.")
    private boolean noTable;

    @Option(
            names = {"-r", "--readonly"},
            description = "Loads the table read-only: writing fails with EROFS.")
    private boolean readOnly;

    @Override
    public Integer call() throws IOException {
        String mode = readOnly ? "ro" : "rw";
        if (!noTable) {
            return ask(ControlCommand.CREATE, List.of(arguments.name(), mode, arguments.read()));
        }
        if (arguments.isGiven()) {
            throw CliException.usage("--notable and a table exclude each other");
        }
        return ask(ControlCommand.CREATE, List.of(arguments.name(), mode));
    }
}
