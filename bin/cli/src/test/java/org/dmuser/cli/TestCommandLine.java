package org.dmuser.cli;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine;

/** The command line as tests of other packages see it. */
public final class TestCommandLine {
    private TestCommandLine() {}

    /** The main command with all others. */
    public static CommandLine all() {
        return Dmuser.commandLine();
    }

    /** A command, as it is made when it is called: {@code dmuser backup init}. */
    public static CommandLine of(String qualifiedName) {
        String[] words = qualifiedName.split(" ");
        String[] below = List.of(words).subList(1, words.length).toArray(String[]::new);
        CommandLine command = Dmuser.commandLine(below);
        for (String name : below) {
            command = command.getSubcommands().get(name);
        }
        return command;
    }

    /** The full names of all commands that help lists. */
    public static Stream<String> commands() {
        List<String> names = new ArrayList<>();
        addNames(names, all());
        return names.stream();
    }

    private static void addNames(List<String> names, CommandLine command) {
        if (!command.getCommandSpec().usageMessage().hidden()) {
            names.add(command.getCommandSpec().qualifiedName());
            new LinkedHashSet<>(command.getSubcommands().values()).forEach(below -> addNames(names, below));
        }
    }
}
