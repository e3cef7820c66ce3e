package org.dmuser.bench.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.dmuser.bench.contender.Child;
import org.dmuser.bench.fio.Fio;
import org.dmuser.bench.fio.FioFigures;
import org.dmuser.bench.fio.Row;
import org.dmuser.cli.base.CliException;
import org.dmuser.cli.base.Console;

/** What writers lose by a full backup of the device they write to, on the same processors. */
final class WritersPart {
    private final Workplace workplace;
    private final Path origin;
    private final Path tracking;
    private final Path repository;
    private final Fio fio;

    private WritersPart(Workplace workplace) {
        this.workplace = workplace;
        Path directory = workplace.directory();
        origin = directory.resolve("written");
        tracking = directory.resolve("written.tracking");
        repository = directory.resolve("written.repository");
        fio = workplace.fio(workplace.plan().size());
    }

    static void run(Workplace workplace) throws IOException, InterruptedException {
        new WritersPart(workplace).run();
    }

    private void run() throws IOException, InterruptedException {
        workplace.run("cp", "--sparse=always", workplace.image().toString(), origin.toString());
        try (Workplace.Device device = workplace.serve("backup", "origin=" + origin, "tracking=" + tracking)) {
            fio.warmUp(device.file(), workplace.plan().perRow());
            for (int i = 0; i < workplace.plan().repetitions(); i++) {
                workplace.announce(Part.WRITERS, i);
                measure(device.file(), Quantity.WRITERS_4K, Row.W4K_J4);
                measure(device.file(), Quantity.WRITERS_128K, Row.W128K);
            }
        }
        Workplace.delete(origin);
        Workplace.delete(tracking);
    }

    private void measure(Path device, Quantity quantity, Row row) throws IOException, InterruptedException {
        workplace.settle(origin);
        workplace.add(
                quantity,
                Who.ALONE,
                row,
                fio.measure(device, row, workplace.plan().perRow()));
        workplace.settle(origin);
        workplace.dmuser("backup", "init", repository.toString());
        Child backup = workplace
                .start("backup", "create", repository.toString(), tracking.toString())
                .await(this::isUnderWay);
        FioFigures during = fio.measure(device, row, workplace.plan().perRow());
        if (backup.isAlive()) {
            workplace.add(quantity, Who.DURING, row, during);
        } else {
            Console.println("  not counted, because the backup ended before fio did: " + backup.lastWords());
        }
        backup.end();
        Workplace.delete(repository);
    }

    /** Whether something is being written to a pack. */
    private boolean isUnderWay() throws IOException {
        try (Stream<Path> files = Files.list(repository.resolve("tmp"))) {
            return files.findAny().isPresent();
        } catch (NoSuchFileException e) {
            throw new CliException("repository " + repository + " has no tmp", e);
        }
    }
}
