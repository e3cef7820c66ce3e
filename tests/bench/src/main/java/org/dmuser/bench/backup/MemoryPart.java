package org.dmuser.bench.backup;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.dmuser.cli.base.CliException;

/** The most memory that a daemon and commands take for 1 TiB with 1 GiB of data; once, for it varies little. */
final class MemoryPart {
    private static final long SIZE = 1L << 40;
    private static final int PIECES = 16;
    private static final int PIECE = 64 << 20;
    private static final int CHANGES = 1000;
    private static final int BLOCK = 4 << 10;

    private final Workplace workplace;
    private final Path origin;
    private final Path tracking;
    private final String repository;
    private final Path restored;

    private MemoryPart(Workplace workplace) {
        this.workplace = workplace;
        Path directory = workplace.directory();
        origin = directory.resolve("large");
        tracking = directory.resolve("large.tracking");
        repository = directory.resolve("large.repository").toString();
        restored = directory.resolve("large.restored");
    }

    static void run(Workplace workplace) throws IOException, InterruptedException {
        MemoryPart part = new MemoryPart(workplace);
        workplace.announce(Part.MEMORY, workplace.plan().repetitions() - 1);
        part.makeOrigin();
        part.measure();
        part.delete();
    }

    private void makeOrigin() throws IOException, InterruptedException {
        byte[] piece = new byte[PIECE];
        try (RandomAccessFile from = new RandomAccessFile(workplace.image().toFile(), "r");
                RandomAccessFile to = new RandomAccessFile(origin.toFile(), "rw")) {
            to.setLength(SIZE);
            for (int i = 0; i < PIECES; i++) {
                from.seek(workplace.plan().size() / PIECES / 2 * i);
                from.readFully(piece);
                to.seek(SIZE / PIECES * i);
                to.write(piece);
            }
        }
    }

    private void measure() throws IOException, InterruptedException {
        workplace.dmuser("backup", "init", repository);
        try (Workplace.Device device = workplace.serve("backup", "origin=" + origin, "tracking=" + tracking)) {
            add(Who.CREATE, workplace.dmuser("backup", "create", repository, tracking.toString()));
            Workplace.write(device.file(), changes(), 1);
            add(Who.CREATE_NEXT, workplace.dmuser("backup", "create", repository, tracking.toString()));
            workplace.add(new Measurement(
                    Quantity.MEMORY, Who.DAEMON, peak(device.child().pid())));
        }
        add(Who.RESTORE, workplace.dmuser("backup", "restore", repository, "latest", restored.toString()));
    }

    private static List<Extent> changes() {
        List<Extent> changes = new ArrayList<>();
        for (int i = 0; i < CHANGES; i++) {
            changes.add(new Extent(SIZE / CHANGES / BLOCK * BLOCK * i, BLOCK));
        }
        return changes;
    }

    private void add(Who who, Timed.Cost cost) {
        workplace.add(new Measurement(Quantity.MEMORY, who, cost.peakBytes(), cost.processorSeconds()));
    }

    /** Bytes a process has had in memory at most. */
    private static long peak(long pid) throws IOException {
        return Files.readAllLines(Path.of("/proc", Long.toString(pid), "status")).stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
                .findFirst()
                .orElseThrow(() -> new CliException("process " + pid + " has ended"));
    }

    private void delete() throws IOException {
        for (Path path : List.of(origin, tracking, Path.of(repository), restored)) {
            Workplace.delete(path);
        }
    }
}
