package org.dmuser.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.dmuser.bench.contender.Contender;
import org.dmuser.bench.contender.Contenders;
import org.dmuser.bench.contender.Tools;
import org.dmuser.bench.fio.Row;
import org.dmuser.bench.report.Conditions;
import org.dmuser.bench.report.FioReport;
import org.dmuser.bench.report.Report;
import org.dmuser.cli.base.CliException;
import org.dmuser.cli.base.Console;
import org.dmuser.cli.base.StopSignal;
import org.dmuser.sdk.config.ByteSize;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What the user asks for. */
@Command(
        name = "bench",
        description = "Measures dmuser and its peers with fio, side by side, in turn.",
        usageHelpAutoWidth = true,
        footer = {
            "",
            "Writes NAME.md, NAME.json and NAME.svg to DIR, NAME being full or quick. With --only or --rows it prints"
                    + " its tables, and writes only to a DIR that is given.",
            "  bench --quick",
            "  bench --only ceiling,embedded --rows r4k,w4k --seconds 2"
        })
final class BenchCommand implements Callable<Integer> {
    private static final Duration STOP_TIMEOUT = Duration.ofMinutes(2);

    /** From the start of the program; leaves room for a build within ten minutes. */
    private static final Duration QUICK_BUDGET = Duration.ofSeconds(510);

    private static final int QUICK_REPETITIONS = 3;
    private static final int FULL_REPETITIONS = 5;
    private static final double FULL_SECONDS = 4;

    @Option(names = "--quick", description = "All of it, in less than ten minutes.")
    private boolean quick;

    @Option(
            names = "--only",
            split = ",",
            paramLabel = "NAME",
            description = "Some contenders; --list tells which there are.")
    private List<String> only = List.of();

    @Option(names = "--rows", split = ",", paramLabel = "ROW", description = "Some rows; --list tells which there are.")
    private List<String> rows = List.of();

    @Option(names = "--repeat", paramLabel = "N", description = "How often each row is measured: 5, or 3 with --quick.")
    private int repetitions;

    @Option(names = "--seconds", paramLabel = "S", description = "How long each time: 4, or what the time allows.")
    private double seconds;

    @Option(names = "--size", paramLabel = "SIZE", description = "The size of each device: 1G.")
    private String size = "1G";

    @Mixin
    private final BenchOptions options = new BenchOptions();

    @Option(names = "--ceiling", hidden = true, required = true)
    private Path ceiling;

    @Option(names = "--java", hidden = true, required = true)
    private List<String> java;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (options.list()) {
            Contenders.all().values().forEach(it -> Console.println(String.format("%-18s %s", it.name(), it.what())));
            Console.println("rows: " + Row.labels());
            return 0;
        }
        StopSignal stop = StopSignal.install(STOP_TIMEOUT);
        Tools tools = new Tools(options.home(), ceiling, java);
        Optional<Session.Outcome> outcome = new Session(tools, contenders(), rows(), plan(), stop).run();
        if (outcome.isEmpty()) {
            Console.error("stopped before it was done; everything is taken down");
            return CliException.FAILED;
        }
        report(outcome.get());
        return outcome.get().problems().isEmpty() ? 0 : CliException.FAILED;
    }

    private void report(Session.Outcome outcome) throws IOException {
        Conditions conditions = outcome.conditions();
        Report report = new FioReport(
                conditions, outcome.results(), List.copyOf(Contenders.all().values()));
        Console.print(report.tables());
        options.write(conditions.quick() ? "quick" : "full", report, only.isEmpty() && rows.isEmpty());
    }

    private Plan plan() {
        if (repetitions < 0 || seconds < 0) {
            throw CliException.usage("--repeat and --seconds must be more than nothing");
        }
        int times = repetitions > 0 ? repetitions : quick ? QUICK_REPETITIONS : FULL_REPETITIONS;
        long bytes = ByteSize.parseDevice(size);
        if (seconds > 0 || !quick) {
            long millis = Math.round((seconds > 0 ? seconds : FULL_SECONDS) * 1e3);
            return Plan.fixed(quick, times, bytes, Duration.ofMillis(millis));
        }
        return Plan.within(QUICK_BUDGET, times, bytes);
    }

    private List<Contender> contenders() {
        Map<String, Contender> all = Contenders.all();
        List<Contender> chosen = new ArrayList<>();
        for (String name : only) {
            if (!all.containsKey(name)) {
                throw CliException.usage("--only " + name + ": there is no such contender; there are "
                        + String.join(", ", all.keySet()));
            }
        }
        for (Contender contender : all.values()) {
            Optional<String> missing = contender.missing();
            if (only.contains(contender.name()) || only.isEmpty() && missing.isEmpty()) {
                chosen.add(contender);
            } else if (only.isEmpty()) {
                Console.println("without " + contender.name() + ": " + missing.get());
            }
        }
        return chosen;
    }

    private Set<Row> rows() {
        EnumSet<Row> chosen = rows.isEmpty() ? EnumSet.allOf(Row.class) : EnumSet.noneOf(Row.class);
        for (String label : rows) {
            chosen.add(Row.find(label)
                    .orElseThrow(() -> CliException.usage(
                            "--rows " + label + ": there is no such row; there are " + Row.labels())));
        }
        return chosen;
    }
}
