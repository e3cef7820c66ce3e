package org.dmuser.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.dmuser.cli.backup.BackupCommand;
import org.dmuser.cli.base.CliException;
import org.dmuser.cli.base.Console;
import org.dmuser.cli.base.DmuserCommand;
import org.dmuser.cli.base.StandardOutput;
import org.dmuser.cli.base.StopSignal;
import org.dmuser.cli.base.Subcommand;
import org.dmuser.cli.device.DeviceCommands;
import org.dmuser.cli.dmsetup.Dmsetup;
import org.dmuser.shim.service.RunDirectory;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * The command line.
 *
 * <p>Its options are put together here as those of its commands are, without annotations: {@link
 * org.dmuser.cli.base.Grammar} says why.
 */
public final class Dmuser implements DmuserCommand.Root, Runnable {
    private static final String[] FOOTER = {
        "",
        "A disk in memory, mounted, until Ctrl-C:",
        "  dmuser run memory --size 1G --loop --mkfs ext4 --mount /mnt",
        "A resident service, a device, and a daemon that serves it:",
        "  dmuser serve --detach",
        "  dmuser create disk --table '0 2097152 user 0 2097152 disk'",
        "  dmuser attach disk memory --detach",
        "  dmuser stop",
        "",
        "Sizes: a number of bytes, or one with k, m, g, t (1024-based), KiB, MiB, GiB, TiB, or s (sectors of 512).",
        "Exit status: 0 success, 1 failure, 2 a command that was not written right; 'dmuser backup --help' has more.",
        "Environment: DMUSER_RUN_DIR stands for --run-dir; DMUSER_DEBUG=1 shows where errors come from."
    };

    private final OptionSpec runDirectory = OptionSpec.builder("--run-dir")
            .type(Path.class)
            .paramLabel("DIR")
            .scopeType(ScopeType.INHERIT)
            .description("Where the service is found. Default: $DMUSER_RUN_DIR, else /run/dmuser for root, else"
                    + " $XDG_RUNTIME_DIR/dmuser.")
            .build();

    private final OptionSpec help = OptionSpec.builder("-h", "--help")
            .type(boolean.class)
            .usageHelp(true)
            .scopeType(ScopeType.INHERIT)
            .description("Shows this help and ends.")
            .build();

    private final OptionSpec version = OptionSpec.builder("--version")
            .type(boolean.class)
            .versionHelp(true)
            .description("Shows " + Version.SUBJECT + ", and ends.")
            .build();

    private final CommandLine line = new CommandLine(spec());

    private CommandSpec spec() {
        CommandSpec spec = CommandSpec.wrapWithoutInspection(this)
                .name("dmuser")
                .addOption(runDirectory)
                .addOption(help)
                .addOption(version)
                .versionProvider(new Version());
        spec.usageMessage()
                .description("Block devices written in Java: each is a file that losetup, mkfs and mount work on.")
                .synopsisSubcommandLabel("COMMAND")
                .autoWidth(true)
                .footer(FOOTER);
        return spec;
    }

    /** Runs one command and ends the process with its status. */
    public static void main(String[] arguments) {
        // Where the JDK's logging is used, by a handler perhaps, its lines look like ours.
        System.setProperty("java.util.logging.SimpleFormatter.format", "%1$tF %1$tT.%1$tL %5$s%6$s%n");
        // Or picocli looks for Groovy in each of the jars, and for how to read dates, of which we have none.
        System.setProperty("picocli.disable.closures", "true");
        System.setProperty("picocli.converters.excludes", "java\\.(sql|time)\\..*");
        StandardOutput output = StandardOutput.install();
        BackupCommand.headStart(List.of(arguments));
        int status = output.finish(run(arguments));
        StopSignal.finish(status);
        System.exit(status);
    }

    /** Runs one command in this process, with its standard streams; the status that the process would end with. */
    public static int run(String... arguments) {
        try {
            int dmsetup = dmsetupAt(List.of(arguments));
            if (dmsetup >= 0) {
                return runDmsetup(List.of(arguments), dmsetup);
            }
            String[] words = DeviceCommands.commandFirst(List.of(arguments)).toArray(String[]::new);
            return commandLine(words).execute(words);
        } catch (CliException e) {
            return Console.error(e);
        } catch (OutOfMemoryError e) {
            // A table without end, say.
            Console.error("not enough memory for that; DMUSER_JAVA_OPTS=-Xmx2g gives more");
            return CliException.FAILED;
        }
    }

    /** Where the word dmsetup stands, if it is the command; negative otherwise. */
    private static int dmsetupAt(List<String> words) {
        int at = Subcommand.firstName(words);
        return at < words.size() && words.get(at).equals(Dmsetup.NAME) ? at : -1;
    }

    /** What stands behind the word is in another grammar than picocli's. */
    private static int runDmsetup(List<String> words, int at) {
        try {
            Dmuser main = new Dmuser();
            main.line.parseArgs(words.subList(0, at).toArray(String[]::new));
            return Dmsetup.run(words.subList(at + 1, words.size()), main.runDirectory());
        } catch (ParameterException e) {
            return usageError(e);
        } catch (IOException e) {
            return Console.error(e);
        }
    }

    static CommandLine commandLine(String... arguments) {
        CommandLine main = new Dmuser().line;
        Subcommands.add(main, List.of(arguments));
        main.setCaseInsensitiveEnumValuesAllowed(true);
        Problems problems = new Problems();
        main.setExecutionExceptionHandler(problems);
        main.setParameterExceptionHandler(problems);
        return main;
    }

    /** Lambdas for picocli's interfaces would keep its classes out of the archive that bin/dmuser has made. */
    private static final class Problems implements IExecutionExceptionHandler, IParameterExceptionHandler {
        @Override
        public int handleExecutionException(Exception problem, CommandLine command, ParseResult parsed) {
            return Console.error(problem);
        }

        @Override
        public int handleParseException(ParameterException problem, String[] words) {
            return usageError(problem);
        }
    }

    private static int usageError(ParameterException problem) {
        String command = problem.getCommandLine().getCommandSpec().qualifiedName();
        Console.error(text(problem) + "; see '" + command + " --help'");
        return CliException.USAGE;
    }

    private static String text(ParameterException problem) {
        if (problem instanceof UnmatchedArgumentException unmatched && !unmatched.isUnknownOption()) {
            boolean ofGroup = !problem.getCommandLine().getSubcommands().isEmpty();
            String word = unmatched.getUnmatched().get(0);
            List<String> similar = unmatched.getSuggestions();
            return (ofGroup ? "unknown command '" : "nobody knows what to do with '") + word + "'"
                    + (ofGroup && !similar.isEmpty() ? "; did you mean " + String.join(" or ", similar) + "?" : "");
        }
        return String.join(" ", problem.getMessage().lines().toList());
    }

    @Override
    public RunDirectory runDirectory() throws IOException {
        return RunDirectory.find(runDirectory.getValue(), System.getenv());
    }

    /** Without a subcommand. */
    @Override
    public void run() {
        throw new ParameterException(line, "no command is given");
    }
}
