package org.dmuser.cli.manual;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.dmuser.cli.base.Console;
import org.dmuser.cli.base.DmuserCommand;
import org.dmuser.cli.base.Grammar.Value;
import org.dmuser.sdk.registry.Handlers;
import org.dmuser.shim.dm.TargetType;
import org.dmuser.shim.dm.TargetTypes;
import org.dmuser.shim.target.user.UserTargetType;
import picocli.CommandLine;

/** {@code dmuser completion}. */
public final class CompletionCommand extends DmuserCommand {
    /** Those there is a script for. */
    enum Shell {
        BASH
    }

    private final Supplier<CommandLine> main;
    private final Value<Shell> shell = grammar.word(Shell.class, "SHELL", "Which shell: bash.");

    /** @param main makes the main command with all commands there are */
    public CompletionCommand(Supplier<CommandLine> main) {
        super(
                "Writes a script that has a shell complete commands, options, and names of devices, handlers,"
                        + " snapshots and restore points.",
                "",
                "In this shell, or in every one, by a line in ~/.bashrc:",
                "  source <(dmuser completion bash)",
                "Handlers of your own are completed if DMUSER_CLASSPATH says where they are.");
        this.main = main;
    }

    @Override
    public Integer call() {
        Console.print(
                switch (shell.get()) {
                    case BASH -> script(main.get());
                });
        return 0;
    }

    static String script(CommandLine main) {
        try (Handlers handlers = Handlers.load("")) {
            return new Completion(main).script(handlers, targetTypes());
        }
    }

    private static List<String> targetTypes() {
        // That of daemons needs a service to be made.
        Stream<String> others = TargetTypes.load().all().stream().map(TargetType::name);
        return Stream.concat(others, Stream.of(UserTargetType.NAME)).sorted().toList();
    }
}
