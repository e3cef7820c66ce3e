package org.dmuser.bench.backup;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.dmuser.bench.fio.Fio;
import org.dmuser.bench.fio.FioFigures;
import org.dmuser.bench.fio.Row;

/** The snapshot handler and the file handler, both with their files in a tmpfs: no disk hides the difference. */
final class SnapshotPart {
    private static final long SIZE = 1L << 30;
    private static final Duration WARM_UP = Duration.ofSeconds(2);
    private static final Duration AFTER_SNAPSHOT = Duration.ofSeconds(1);

    private static final Map<Quantity, Row> ROWS = new LinkedHashMap<>();

    static {
        ROWS.put(Quantity.SNAPSHOT_W4K, Row.W4K);
        ROWS.put(Quantity.SNAPSHOT_W4K_J4, Row.W4K_J4);
        ROWS.put(Quantity.SNAPSHOT_W128K, Row.W128K);
        ROWS.put(Quantity.SNAPSHOT_R4K, Row.R4K);
        ROWS.put(Quantity.SNAPSHOT_R4K_J4, Row.R4K_J4);
        ROWS.put(Quantity.SNAPSHOT_R128K, Row.R128K);
    }

    private final Workplace workplace;
    private final Fio fio;
    private final Path store;

    private SnapshotPart(Workplace workplace) {
        this.workplace = workplace;
        fio = workplace.fio(SIZE);
        store = workplace.memory().resolve("store");
    }

    static void run(Workplace workplace) throws IOException, InterruptedException {
        Path base = workplace.memory().resolve("base");
        Path file = workplace.memory().resolve("file");
        for (Path path : List.of(base, file)) {
            try (RandomAccessFile access = new RandomAccessFile(path.toFile(), "rw")) {
                access.setLength(SIZE);
            }
        }
        new SnapshotPart(workplace).run(base, file);
        Workplace.delete(workplace.memory().resolve("store"));
        Workplace.delete(base);
        Workplace.delete(file);
    }

    private void run(Path base, Path file) throws IOException, InterruptedException {
        try (Workplace.Device plain = workplace.serve("file", "path=" + file);
                Workplace.Device snapshot = workplace.serve("snapshot", "base=" + base, "store=" + store)) {
            for (Workplace.Device device : List.of(plain, snapshot)) {
                fio.fill(device.file());
                fio.warmUp(device.file(), WARM_UP);
            }
            for (int i = 0; i < workplace.plan().repetitions(); i++) {
                workplace.announce(Part.SNAPSHOT, i);
                repeat(plain.file(), snapshot.file(), i);
            }
        }
    }

    private void repeat(Path plain, Path snapshot, int repetition) throws IOException, InterruptedException {
        Duration perRow = workplace.plan().perRow();
        for (Map.Entry<Quantity, Row> entry : ROWS.entrySet()) {
            boolean plainFirst = repetition % 2 == 0;
            for (boolean isPlain : new boolean[] {plainFirst, !plainFirst}) {
                FioFigures figures = fio.measure(isPlain ? plain : snapshot, entry.getValue(), perRow);
                workplace.add(entry.getKey(), isPlain ? Who.FILE : Who.SNAPSHOT, entry.getValue(), figures);
            }
        }
        workplace.dmuser("snapshot", "create", store.toString(), "before");
        workplace.add(Quantity.SNAPSHOT_COPYING, Who.SNAPSHOT, Row.W4K, fio.measure(snapshot, Row.W4K, AFTER_SNAPSHOT));
        workplace.dmuser("snapshot", "delete", store.toString(), "before");
        fio.fill(snapshot);
    }
}
