package org.dmuser.bench.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.dmuser.bench.BenchOptions;
import org.dmuser.bench.Machine;
import org.dmuser.bench.contender.Stage;
import org.dmuser.bench.contender.Tools;
import org.dmuser.bench.report.Conditions;
import org.dmuser.cli.base.CliException;
import org.dmuser.cli.base.Console;
import org.dmuser.cli.base.StopSignal;
import org.dmuser.sdk.config.ByteSize;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What the user asks for. */
@Command(
        name = "bench backup",
        description = "Measures the snapshot and backup daemons, side by side with restic and with the file handler.",
        usageHelpAutoWidth = true,
        footer = {
            "",
            "Writes backup.md, backup.json and backup.svg to DIR. With --quick or --only it prints its tables, and"
                    + " writes only to a DIR that is given.",
            "  bench backup",
            "  bench backup --quick",
            "  bench backup --only restic,mount --repeat 1"
        })
final class BackupBenchCommand implements Callable<Integer> {
    private static final Duration STOP_TIMEOUT = Duration.ofMinutes(2);
    private static final int REPETITIONS = 3;
    private static final Path TEMPORARY = Path.of(System.getProperty("java.io.tmpdir"));

    @Option(names = "--quick", description = "All of it on a quarter of the data, in less than ten minutes.")
    private boolean quick;

    @Option(
            names = "--only",
            split = ",",
            paramLabel = "PART",
            description = "Some parts; --list tells which there are.")
    private List<String> only = List.of();

    @Option(names = "--repeat", paramLabel = "N", description = "How often everything is measured: 3.")
    private int repetitions = REPETITIONS;

    @Mixin
    private final BenchOptions options = new BenchOptions();

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (options.list()) {
            for (Part part : Part.values()) {
                Console.println(String.format("%-10s %s", part.label(), part.what()));
            }
            return 0;
        }
        if (repetitions < 1) {
            throw CliException.usage("--repeat " + repetitions + ": once is the least");
        }
        Set<Part> parts = parts();
        BackupPlan plan = quick ? BackupPlan.quick(repetitions) : BackupPlan.full(repetitions);
        requireRoom(plan);
        return measure(parts, plan, StopSignal.install(STOP_TIMEOUT));
    }

    private Set<Part> parts() {
        Set<Part> parts = only.isEmpty() ? EnumSet.allOf(Part.class) : EnumSet.noneOf(Part.class);
        for (String label : only) {
            parts.add(Part.find(label)
                    .orElseThrow(() -> CliException.usage(
                            "--only " + label + ": there is no such part; there are " + Part.labels())));
        }
        return parts;
    }

    private static void requireRoom(BackupPlan plan) throws IOException {
        require(
                TEMPORARY.toString(),
                plan.diskNeeded(),
                Files.getFileStore(TEMPORARY).getUsableSpace());
        require("memory", plan.memoryNeeded(), Machine.memoryAvailable());
    }

    private static void require(String where, long needed, long available) {
        if (available < needed) {
            throw new CliException("needs " + mebibytes(needed) + " of " + where + ", which has " + mebibytes(available)
                    + " left; --quick needs less");
        }
    }

    private static String mebibytes(long bytes) {
        return ByteSize.format(bytes >> 20 << 20);
    }

    private int measure(Set<Part> parts, BackupPlan plan, StopSignal stop) throws IOException, InterruptedException {
        double load = Machine.load();
        Stage stage = new Stage(new Tools(options.home()), plan.size(), stop);
        Workplace workplace = new Workplace(stage, plan);
        List<String> problems = new ArrayList<>();
        try {
            for (Part part : parts) {
                part.run(workplace);
            }
        } catch (CliException | IOException e) {
            if (!stop.isRequested()) {
                throw e;
            }
            // What failed is what was broken off.
        } finally {
            problems.addAll(stage.takeDown());
            problems.forEach(Console::error);
        }
        if (stop.isRequested()) {
            Console.error("stopped before it was done; everything is taken down");
            return CliException.FAILED;
        }
        BackupReport report = new BackupReport(conditions(plan, load), plan, workplace.measurements());
        Console.print(report.tables());
        options.write("backup", report, !quick && only.isEmpty());
        return problems.isEmpty() ? 0 : CliException.FAILED;
    }

    private static Conditions conditions(BackupPlan plan, double load) throws IOException, InterruptedException {
        return Machine.conditions(
                plan.quick(),
                plan.perRow(),
                plan.repetitions(),
                plan.size(),
                load,
                Machine.versions().stream()
                        .filter(it -> it.matches("(Java|fio|restic).*"))
                        .toList());
    }
}
