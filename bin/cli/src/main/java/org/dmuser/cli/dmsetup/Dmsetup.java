package org.dmuser.cli.dmsetup;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import org.dmuser.cli.base.CliException;
import org.dmuser.cli.base.Console;
import org.dmuser.shim.service.Problems;
import org.dmuser.shim.service.RunDirectory;

/** Commands in dmsetup's grammar, run with dmsetup's words or our own. */
public final class Dmsetup {
    /** What the program is called, and the word that makes {@code dmuser} be it. */
    public static final String NAME = "dmsetup";

    private Dmsetup() {}

    /** Does what dmsetup would do; answers its exit status. */
    public static int run(List<String> words, RunDirectory directory) {
        try {
            return run(Getopt.parse(words), directory);
        } catch (CommandFailed e) {
            return Voice.DMSETUP.failed(e);
        }
    }

    private static int run(Arguments arguments, RunDirectory directory) {
        if (arguments.has(Switch.VERSION)) {
            return run(Actions.find("version").orElseThrow(), arguments, directory, Voice.DMSETUP);
        }
        if (arguments.has(Switch.HELP)) {
            return run(Actions.find("help").orElseThrow(), arguments, directory, Voice.DMSETUP);
        }
        List<String> words = arguments.words();
        if (words.isEmpty()) {
            return misused("");
        }
        Optional<Action> action = Actions.find(words.get(0));
        if (action.isEmpty()) {
            return misused("Unknown command.");
        }
        Arguments rest = arguments.withWords(words.subList(1, words.size()));
        if (!action.get().takes(rest.words().size())) {
            return misused("Incorrect number of arguments.");
        }
        return run(action.get(), rest, directory, Voice.DMSETUP);
    }

    /** Shows the grammar, behind what is wrong. */
    private static int misused(String problem) {
        if (problem.isEmpty()) {
            Console.print(Usage.all());
        } else {
            Voice.DMSETUP.say(problem);
            Usage.all().lines().forEach(Voice.DMSETUP::say);
        }
        return CliException.FAILED;
    }

    /** Runs one command; answers the exit status. */
    public static int run(Action action, Arguments arguments, RunDirectory directory, Voice voice) {
        try {
            if (arguments.has(Switch.MAJOR) != arguments.has(Switch.MINOR)) {
                throw CommandFailed.usage("Please specify both major number and minor number.");
            }
            action.run(new Session(arguments, directory, voice));
            return 0;
        } catch (CommandFailed e) {
            return voice.failed(e);
        } catch (IOException | UncheckedIOException e) {
            return broken(e);
        }
    }

    private static int broken(Exception problem) {
        Throwable cause = problem instanceof UncheckedIOException ? problem.getCause() : problem;
        Console.error(Problems.describe(cause));
        return CliException.FAILED;
    }
}
