package org.dmuser.bench.jmh;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.dmuser.bench.Machine;
import org.dmuser.cli.base.Console;
import org.openjdk.jmh.Main;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * The program that {@code bin/bench jmh} starts. Without arguments it runs all benchmarks and writes {@code layers.md}
 * and {@code layers.json}; with arguments it is JMH, plus the profiler that counts what is allocated.
 */
public final class Layers {
    private static final String ALLOCATED = "gc.alloc.rate.norm";

    private Layers() {}

    /** The directory for the results, then JMH's arguments. */
    public static void main(String[] arguments) throws Exception {
        String[] ofJmh = List.of(arguments).subList(1, arguments.length).toArray(String[]::new);
        if (ofJmh.length == 0) {
            runAll(Files.createDirectories(Path.of(arguments[0])));
            return;
        }
        CommandLineOptions options = new CommandLineOptions(ofJmh);
        if (options.shouldHelp() || options.shouldList() || options.shouldListProfilers()) {
            Main.main(ofJmh);
            return;
        }
        new Runner(new OptionsBuilder()
                        .parent(options)
                        .addProfiler(GCProfiler.class)
                        .build())
                .run();
    }

    private static void runAll(Path directory) throws IOException, RunnerException, CommandLineOptionException {
        Collection<RunResult> results = new Runner(new OptionsBuilder()
                        .addProfiler(GCProfiler.class)
                        .resultFormat(ResultFormatType.JSON)
                        .result(directory.resolve("layers.json").toString())
                        .build())
                .run();
        String conditions = "%s; %s, %d cores; kernel %s; Java %s; JMH, 2 forks of 5 seconds each."
                .formatted(
                        LocalDate.now(ZoneOffset.UTC),
                        Machine.processor(),
                        Runtime.getRuntime().availableProcessors(),
                        Machine.kernel(),
                        System.getProperty("java.runtime.version"));
        String page = new CostReport(results.stream().map(Layers::cost).toList()).page(conditions);
        Files.writeString(directory.resolve("layers.md"), page);
        Console.print(page);
    }

    private static Cost cost(RunResult result) {
        BenchmarkParams params = result.getParams();
        String[] words = params.getBenchmark().split("\\.");
        Map<String, String> parameters = new TreeMap<>();
        params.getParamsKeys().forEach(key -> parameters.put(key, params.getParam(key)));
        Result<?> allocated = result.getSecondaryResults().get(ALLOCATED);
        return new Cost(
                words[words.length - 2] + "." + words[words.length - 1],
                parameters,
                // Of samples the longest counts, of averages their average.
                params.getMode() == Mode.SampleTime
                        ? result.getPrimaryResult().getStatistics().getMax()
                        : result.getPrimaryResult().getScore(),
                result.getPrimaryResult().getScoreError(),
                allocated == null ? Double.NaN : allocated.getScore());
    }
}
