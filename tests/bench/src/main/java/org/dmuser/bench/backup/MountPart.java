package org.dmuser.bench.backup;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import org.dmuser.bench.contender.Child;

/** Instant restore: how long until the command is up, and from then until something can be read. */
final class MountPart {
    private static final int BLOCK = 4 << 10;

    private MountPart() {}

    static void run(Workplace workplace) throws IOException, InterruptedException {
        Path directory = workplace.directory();
        Path repository = directory.resolve("repository");
        workplace.dmuser("backup", "init", repository.toString());
        workplace.dmuser(
                "backup", "create", repository.toString(), workplace.image().toString());
        for (int i = 0; i < workplace.plan().repetitions(); i++) {
            workplace.announce(Part.MOUNT, i);
            measure(workplace, repository, directory.resolve("mounted-" + i), i);
        }
        Workplace.delete(repository);
    }

    private static void measure(Workplace workplace, Path repository, Path disk, int repetition)
            throws IOException, InterruptedException {
        long startNs = System.nanoTime();
        Child child = workplace
                .start("backup", "mount", repository.toString(), "latest", disk.toString())
                .awaitText("Ctrl-C ends it");
        long upNs = System.nanoTime();
        try (RandomAccessFile file = new RandomAccessFile(disk.toFile(), "r")) {
            // Somewhere near the beginning, where an ext4 has files.
            file.seek((repetition + 1L) * workplace.plan().size() / 100);
            file.readFully(new byte[BLOCK]);
        }
        long readNs = System.nanoTime();
        workplace.add(new Measurement(Quantity.MOUNT_START, Who.DMUSER, (upNs - startNs) / 1e9));
        workplace.add(new Measurement(Quantity.MOUNT_FIRST_BYTE, Who.DMUSER, (readNs - upNs) / 1e9));
        child.end();
    }
}
