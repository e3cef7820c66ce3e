package org.dmuser.cli.device;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.dmuser.shim.service.ControlCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code dmuser info}. */
@Command(name = "info", description = "Shows devices: their state, which tables they have, how often they are open.")
public final class InfoCommand extends DeviceCommand {
    @Parameters(arity = "0..*", paramLabel = "NAME", description = "The devices; all of them if none is named.")
    private List<String> names = new ArrayList<>();

    @Option(
            names = {"-c", "-C", "--columns"},
            description = "A line for each device.")
    private boolean columns;

    @Override
    public Integer call() throws IOException {
        List<String> words = new ArrayList<>(List.of(columns ? "columns" : "long"));
        words.addAll(names);
        return ask(ControlCommand.INFO, words);
    }
}
