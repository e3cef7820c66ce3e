package org.dmuser.cli.device;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.dmuser.cli.base.DmuserCommand;
import org.dmuser.cli.dmsetup.Action;
import org.dmuser.cli.dmsetup.Arguments;
import org.dmuser.cli.dmsetup.Dmsetup;
import org.dmuser.cli.dmsetup.Switch;
import org.dmuser.cli.dmsetup.Voice;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** One of dmsetup's commands, with what picocli has found behind it. */
final class DeviceCommand extends DmuserCommand {
    private final Action action;

    DeviceCommand(Action action, String... footer) {
        super(action.description(), footer);
        this.action = action;
        action.switches().forEach(option -> grammar.spec().addOption(option(option)));
        if (action.wordsMax() != 0) {
            grammar.spec().addPositional(words(action));
        }
    }

    private static OptionSpec option(Switch option) {
        List<String> names = new ArrayList<>();
        option.letters().chars().forEach(letter -> names.add("-" + (char) letter));
        names.add("--" + option.word());
        OptionSpec.Builder builder =
                OptionSpec.builder(names.toArray(String[]::new)).description(option.description());
        return option.hasValue()
                ? builder.type(String.class)
                        .arity("1")
                        .paramLabel(option.value())
                        .build()
                : builder.type(boolean.class).arity("0").build();
    }

    private static PositionalParamSpec words(Action action) {
        String max = action.wordsMax() < 0 ? "*" : String.valueOf(action.wordsMax());
        return PositionalParamSpec.builder()
                .index(action.wordsMax() < 0 ? "0..*" : "0.." + (action.wordsMax() - 1))
                .arity(action.wordsMin() + ".." + max)
                .type(List.class)
                .auxiliaryTypes(String.class)
                .paramLabel(action.grammar())
                .hideParamSyntax(true)
                .build();
    }

    @Override
    public Integer call() throws IOException {
        ParseResult parsed = grammar.spec().commandLine().getParseResult();
        Map<Switch, String> switches = new EnumMap<>(Switch.class);
        for (Switch option : action.switches()) {
            String name = "--" + option.word();
            if (parsed.hasMatchedOption(name)) {
                switches.put(option, option.hasValue() ? parsed.matchedOptionValue(name, "") : "");
            }
        }
        List<String> words = parsed.hasMatchedPositional(0) ? parsed.matchedPositionalValue(0, List.of()) : List.of();
        return Dmsetup.run(action, new Arguments(switches, new ArrayList<>(words)), runDirectory(), Voice.DMUSER);
    }
}
