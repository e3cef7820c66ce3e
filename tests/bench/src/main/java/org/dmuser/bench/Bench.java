package org.dmuser.bench;

import java.util.concurrent.Callable;
import org.dmuser.cli.base.CliException;
import org.dmuser.cli.base.Console;
import org.dmuser.cli.base.StopSignal;
import picocli.CommandLine;

/** The program that {@code bin/bench} starts. */
public final class Bench {
    private Bench() {}

    /** Runs the benchmark and ends the process with its status. */
    public static void main(String[] arguments) {
        run(new BenchCommand(), "bench", arguments);
    }

    /**
     * Runs a benchmark and ends the process with its status.
     *
     * @param name what the user has typed, without {@code bin/}
     */
    public static void run(Callable<Integer> benchmark, String name, String... arguments) {
        CommandLine command = new CommandLine(benchmark);
        command.setExecutionExceptionHandler((problem, line, parsed) -> Console.error(problem));
        command.setParameterExceptionHandler((problem, words) -> {
            Console.error(problem.getMessage() + "; see '" + name + " --help'");
            return CliException.USAGE;
        });
        int status = command.execute(arguments);
        StopSignal.finish(status);
        System.exit(status);
    }
}
