package org.dmuser.bench.backup;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.dmuser.bench.contender.Child;
import org.dmuser.bench.contender.Stage;
import org.dmuser.bench.fio.Fio;
import org.dmuser.bench.fio.FioFigures;
import org.dmuser.bench.fio.Row;
import org.dmuser.cli.base.Console;
import org.dmuser.cli.system.ExternalCommand;

/** What the parts of the benchmark share: where they work, the image, how commands are started, and what came out. */
final class Workplace {
    private static final int BUFFER = 1 << 20;

    private final Stage stage;
    private final BackupPlan plan;
    private final Timed timed;
    private final List<Measurement> measurements = new ArrayList<>();
    private Path image;
    private int devices;

    Workplace(Stage stage, BackupPlan plan) {
        this.stage = stage;
        this.plan = plan;
        timed = new Timed(stage.directory(), stage.stop());
    }

    BackupPlan plan() {
        return plan;
    }

    Path directory() {
        return stage.directory();
    }

    /** In a tmpfs. */
    Path memory() {
        return stage.memory();
    }

    Fio fio(long size) {
        return new Fio(size, stage.directory(), stage.stop());
    }

    /** The image of a file system with the files of this machine; made when it is first asked for. */
    Path image() throws IOException, InterruptedException {
        if (image == null) {
            Console.println("making an image: files of this machine in an ext4");
            image = new DiskImage(directory(), plan.size(), plan.data(), stage.stop()).make();
        }
        return image;
    }

    /** Keeps it, and shows it. */
    void add(Measurement measurement) {
        measurements.add(measurement);
        Console.println("  %-40s %-18s %s"
                .formatted(
                        measurement.quantity().title(),
                        measurement.who().title(),
                        measurement.quantity().text(measurement.value())));
    }

    /** Keeps what fio measured, and shows it. */
    void add(Quantity quantity, Who who, Row row, FioFigures figures) {
        double value = row.countsRequests() ? figures.requestsPerSecond() : figures.bytesPerSecond();
        add(new Measurement(quantity, who, value));
    }

    Measurements measurements() {
        return new Measurements(List.copyOf(measurements));
    }

    /** Says what comes. */
    void announce(Part part, int repetition) {
        Console.println("%s, %d of %d".formatted(part.label(), repetition + 1, plan.repetitions()));
    }

    /** Runs a command to its end. */
    Timed.Cost time(Map<String, String> environment, List<String> words) throws IOException, InterruptedException {
        return timed.run(environment, words);
    }

    /** Runs {@code dmuser} to its end. */
    Timed.Cost dmuser(String... words) throws IOException, InterruptedException {
        return timed.run(Map.of(), dmuserWords(words));
    }

    /** Starts {@code dmuser}. */
    Child start(String... words) {
        return stage.run(dmuserWords(words));
    }

    private List<String> dmuserWords(String... words) {
        return Stream.concat(Stream.of(stage.tools().dmuser()), Stream.of(words))
                .toList();
    }

    /** Serves a device by a handler: {@code dmuser run}. */
    Device serve(String... handler) throws IOException, InterruptedException {
        Path file = stage.makeDirectory("device-" + devices++).resolve("disk");
        List<String> words = new ArrayList<>(List.of("run"));
        words.addAll(List.of(handler));
        words.addAll(List.of("--at", file.toString()));
        Child child = start(words.toArray(String[]::new)).awaitText("Ctrl-C ends it");
        return new Device(file, child);
    }

    /** A device that is served, for as long as it is open. */
    record Device(Path file, Child child) implements AutoCloseable {
        @Override
        public void close() {
            try {
                child.end();
            } catch (InterruptedException e) {
                // The stage ends it once more.
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Leaves nothing for a disk to do, and everything of a file in memory. */
    void settle(Path file) throws IOException, InterruptedException {
        run("sync", "-f", directory().toString());
        byte[] buffer = new byte[BUFFER];
        try (var stream = Files.newInputStream(file)) {
            while (stream.read(buffer) >= 0) {
                // It is enough that it was read.
            }
        }
    }

    /** Runs a program that is not measured. */
    void run(String... words) throws InterruptedException {
        ExternalCommand.of(words).run(stage.stop());
    }

    /** Writes noise to pieces of a file. */
    static void write(Path file, List<Extent> extents, long seed) throws IOException {
        Random random = new Random(seed);
        try (RandomAccessFile access = new RandomAccessFile(file.toFile(), "rw")) {
            for (Extent extent : extents) {
                byte[] noise = new byte[extent.length()];
                random.nextBytes(noise);
                access.seek(extent.offset());
                access.write(noise);
            }
        }
    }

    /** Bytes of all files of a directory. */
    static long bytesOf(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }

    /** Deletes a file, or a directory and all in it; does nothing if there is none. */
    static void delete(Path path) throws IOException {
        if (Files.exists(path)) {
            try (Stream<Path> files = Files.walk(path)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
