package org.dmuser.cli.device;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.dmuser.cli.base.DmuserCommand;
import org.dmuser.cli.dmsetup.Action;
import org.dmuser.cli.dmsetup.Arguments;
import org.dmuser.cli.dmsetup.Dmsetup;
import org.dmuser.cli.dmsetup.Switch;
import org.dmuser.cli.dmsetup.Voice;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** One of dmsetup's commands, with what picocli has found behind it. */
final class DeviceCommand implements Callable<Integer> {
    private final Action action;
    private CommandSpec spec;

    DeviceCommand(Action action) {
        this.action = action;
    }

    void spec(CommandSpec made) {
        spec = made;
    }

    @Override
    public Integer call() throws IOException {
        ParseResult parsed = spec.commandLine().getParseResult();
        Map<Switch, String> switches = new EnumMap<>(Switch.class);
        for (Switch option : action.switches()) {
            String name = "--" + option.word();
            if (parsed.hasMatchedOption(name)) {
                switches.put(option, option.hasValue() ? parsed.matchedOptionValue(name, "") : "");
            }
        }
        List<String> words = parsed.hasMatchedPositional(0) ? parsed.matchedPositionalValue(0, List.of()) : List.of();
        DmuserCommand.Root root = (DmuserCommand.Root) spec.root().userObject();
        return Dmsetup.run(action, new Arguments(switches, new ArrayList<>(words)), root.runDirectory(), Voice.DMUSER);
    }
}
