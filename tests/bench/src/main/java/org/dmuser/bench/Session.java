package org.dmuser.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.dmuser.bench.contender.Contender;
import org.dmuser.bench.contender.Server;
import org.dmuser.bench.contender.Stage;
import org.dmuser.bench.contender.Tools;
import org.dmuser.bench.fio.Fio;
import org.dmuser.bench.fio.Row;
import org.dmuser.bench.report.Conditions;
import org.dmuser.bench.report.Results;
import org.dmuser.bench.report.Sample;
import org.dmuser.cli.base.CliException;
import org.dmuser.cli.base.Console;
import org.dmuser.cli.base.StopSignal;
import org.dmuser.sdk.config.ByteSize;

/** One run: starts all contenders, measures them in turn, and takes them down, whichever way it came to an end. */
final class Session {
    /**
     * What has come out.
     *
     * @param problems of taking down, a line each
     */
    record Outcome(Conditions conditions, Results results, List<String> problems) {}

    /** What the programs themselves take, all together, beside the memory of their devices. */
    private static final long MEMORY_EXTRA = 1L << 30;

    private static final Path TMPFS = Path.of("/dev/shm");

    private final Tools tools;
    private final List<Contender> contenders;
    private final Set<Row> rows;
    private final Plan plan;
    private final StopSignal stop;
    private final long startNs = System.nanoTime();
    private final Map<Contender, Server> servers = new LinkedHashMap<>();
    private final List<Sample> samples = new ArrayList<>();
    private Duration overhead = Duration.ZERO;

    /** @param rows of those that make sense for a contender */
    Session(Tools tools, List<Contender> contenders, Set<Row> rows, Plan plan, StopSignal stop) {
        this.tools = tools;
        this.contenders = contenders.stream()
                .filter(it -> it.rows().stream().anyMatch(rows::contains))
                .toList();
        this.rows = rows;
        this.plan = plan;
        this.stop = stop;
    }

    /** Answers nothing if the user has ended it before it was done. */
    Optional<Outcome> run() throws IOException, InterruptedException {
        if (contenders.isEmpty()) {
            throw CliException.usage("none of the rows is measured on any of the contenders");
        }
        requireMemory();
        double load = Machine.load();
        Stage stage = new Stage(tools, plan.size(), stop);
        Fio fio = new Fio(plan.size(), stage.directory(), stop);
        Duration perRow;
        List<String> problems;
        try {
            start(stage, fio);
            perRow = plan.perRow(Duration.ofNanos(System.nanoTime() - startNs), measurements(), overhead);
            measure(fio, perRow);
        } catch (CliException e) {
            if (!stop.isRequested()) {
                throw e;
            }
            // What failed is what was broken off.
            return Optional.empty();
        } finally {
            problems = stage.takeDown();
            problems.forEach(Console::error);
        }
        Conditions conditions =
                Machine.conditions(plan.quick(), perRow, plan.repetitions(), plan.size(), load, Machine.versions());
        return Optional.of(new Outcome(conditions, Results.of(samples), problems));
    }

    private void requireMemory() throws IOException {
        long devices = contenders.stream()
                .map(it -> it.over().orElse(it.name()))
                .distinct()
                .count();
        long needed = devices * plan.size() + MEMORY_EXTRA;
        requireRoom("memory", needed, Machine.memoryAvailable(), devices);
        requireRoom(TMPFS.toString(), needed, Files.getFileStore(TMPFS).getUsableSpace(), devices);
    }

    private void requireRoom(String where, long needed, long available, long devices) {
        if (available < needed) {
            throw new CliException(devices + " devices of " + ByteSize.format(plan.size()) + " do not fit: they take "
                    + mebibytes(needed) + ", and " + where + " has " + mebibytes(available)
                    + " left; measure fewer (--only) or smaller ones (--size 256M)");
        }
    }

    private static String mebibytes(long bytes) {
        return ByteSize.format(bytes >> 20 << 20);
    }

    private void start(Stage stage, Fio fio) throws IOException, InterruptedException {
        for (Contender contender : contenders) {
            Console.println("starting " + contender.name());
            Server server;
            try {
                server = stage.start(contender);
            } catch (CliException e) {
                throw new CliException(
                        "contender " + contender.name() + " cannot be started: " + e.getMessage()
                                + "; to measure without it, name the others with --only",
                        e);
            }
            servers.put(contender, server);
            if (contender.over().isEmpty()) {
                fio.fill(server.file());
                long startedNs = System.nanoTime();
                fio.warmUp(server.file(), plan.warmUp());
                overhead = Duration.ofNanos(System.nanoTime() - startedNs).minus(plan.warmUp());
            }
        }
    }

    private int measurements() {
        int perRepetition = 0;
        for (Row row : rows) {
            perRepetition += contendersOf(row).size();
        }
        return perRepetition * plan.repetitions();
    }

    private List<Contender> contendersOf(Row row) {
        return contenders.stream().filter(it -> it.rows().contains(row)).toList();
    }

    private void measure(Fio fio, Duration perRow) throws IOException, InterruptedException {
        Console.println("measuring: %d times, each row %.2f s, about %d minutes"
                .formatted(
                        plan.repetitions(),
                        perRow.toMillis() / 1e3,
                        perRow.plus(overhead).multipliedBy(measurements()).toMinutes() + 1));
        for (int repetition = 1; repetition <= plan.repetitions(); repetition++) {
            for (Row row : rows) {
                StringBuilder line =
                        new StringBuilder("%d/%d %-8s".formatted(repetition, plan.repetitions(), row.label()));
                for (Contender contender : inTurn(row, repetition)) {
                    Sample sample = measure(fio, contender, row, perRow);
                    samples.add(sample);
                    line.append("  ").append(contender.name()).append(' ').append(sample.text());
                }
                Console.println(line.toString());
            }
        }
    }

    /** Another one is first each time, because what comes behind a contender may suffer from it. */
    private List<Contender> inTurn(Row row, int repetition) {
        List<Contender> turn = new ArrayList<>(contendersOf(row));
        Collections.rotate(turn, repetition * turn.size() / plan.repetitions());
        return turn;
    }

    private Sample measure(Fio fio, Contender contender, Row row, Duration perRow)
            throws IOException, InterruptedException {
        Server server = servers.get(contender);
        long beforeNs = server.processorNs();
        try {
            return Sample.of(
                    contender.name(), row, fio.measure(server.file(), row, perRow), server.processorNs() - beforeNs);
        } catch (CliException e) {
            throw new CliException(
                    "row " + row.label() + " on " + contender.name() + ": " + e.getMessage() + "; the contender: "
                            + server.lastWords(),
                    e);
        }
    }
}
