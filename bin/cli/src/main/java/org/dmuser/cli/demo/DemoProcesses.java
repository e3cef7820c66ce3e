package org.dmuser.cli.demo;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.dmuser.cli.base.CliException;
import org.dmuser.cli.base.SelfCommand;
import org.dmuser.cli.base.StopSignal;
import org.dmuser.cli.system.ExternalCommand;

/** Commands of this program, each in a process of its own, on the service of the demo. */
final class DemoProcesses {
    private static final Pattern PROCESS = Pattern.compile("process ([0-9]+)");

    private final DemoPlace place;
    private final StopSignal stop;

    DemoProcesses(DemoPlace place, StopSignal stop) {
        this.place = place;
        this.stop = stop;
    }

    /** Runs one; answers how to type it, and what it printed. */
    String run(String... words) throws IOException, InterruptedException {
        String typed = typed(words);
        ExternalCommand.Result result = command(words).tryRun(stop);
        if (!result.isSuccess()) {
            throw new CliException(typed + " failed: " + result.summary());
        }
        return "$ " + typed + "\n" + result.output();
    }

    /** Starts one that goes on until it is ended; answers it, whether or not it is ready. */
    ServingProcess start(Path log, String... words) throws IOException {
        return ServingProcess.start(typed(words), command(words), log);
    }

    /** Runs one in any case, even after the stop signal. */
    void runToEnd(String... words) throws IOException, InterruptedException {
        ExternalCommand.Result result = command(words)
                .runWhile(() -> 0, Demo.STEP_TIMEOUT, stop)
                .orElseThrow(() -> new CliException("dmuser " + words[0] + " hangs"));
        if (!result.isSuccess()) {
            throw new CliException(result.summary());
        }
    }

    private static String typed(String... words) {
        return "dmuser "
                + String.join(
                        " ", Arrays.stream(words).map(DemoProcesses::quoted).toList());
    }

    private ExternalCommand command(String... words) throws IOException {
        List<String> arguments =
                new ArrayList<>(List.of("--run-dir", place.runDirectory().toString()));
        arguments.addAll(Arrays.asList(words));
        return ExternalCommand.of(SelfCommand.of(arguments));
    }

    private static String quoted(String word) {
        return word.contains(" ") ? "'" + word + "'" : word;
    }

    /** The process that a detached command has said it is. */
    static ProcessHandle process(String said) {
        Matcher matcher = PROCESS.matcher(said);
        if (!matcher.find()) {
            throw new CliException("no process is named in: " + said);
        }
        long pid = Long.parseLong(matcher.group(1));
        return ProcessHandle.of(pid)
                .orElseThrow(() -> new CliException("process " + pid + " has ended as soon as it was ready"));
    }
}
