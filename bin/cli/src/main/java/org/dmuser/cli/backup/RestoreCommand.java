package org.dmuser.cli.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.dmuser.cli.base.Amounts;
import org.dmuser.cli.base.CliException;
import org.dmuser.cli.base.Console;
import org.dmuser.cli.base.Grammar.Value;
import org.dmuser.cli.system.DiskUse;
import org.dmuser.examples.backup.repository.ChunkReader;
import org.dmuser.examples.backup.repository.LockKind;
import org.dmuser.examples.backup.repository.Point;
import org.dmuser.examples.backup.repository.Repository;
import org.dmuser.examples.backup.work.Restore;
import org.dmuser.examples.backup.work.RestoreTarget;
import org.dmuser.shim.os.MountEntry;
import org.dmuser.shim.os.MountTable;

/** {@code dmuser backup restore}. */
final class RestoreCommand extends RepositoryCommand {
    private final Value<String> point = grammar.word(String.class, "POINT", ShowCommand.POINT);

    private final Value<Path> target =
            grammar.word(Path.class, "TARGET", "The file to make, or a file or device to overwrite.");

    private final Value<Boolean> overwrite =
            grammar.flag("--overwrite", "Writes what differs into a file or block device that is there.");

    private final Value<Boolean> json = grammar.flag("--json", "Prints the result as JSON.");

    private final WorkOptions options = new WorkOptions(grammar);

    RestoreCommand() {
        super(
                "Writes the image of a restore point to a file or a block device.",
                "",
                "A new file is called TARGET.partial until it is whole, and has holes where the image is zeros. After"
                        + " Ctrl-C or worse the same command goes on: what is right already is not written again."
                        + " With --overwrite, what differs is written into a file or device that is there.",
                "What is damaged in the repository is named; the rest is restored, and the exit status is 3.",
                "  dmuser backup restore /backup latest disk.img",
                "  dmuser backup restore /backup 3f90 /dev/vg/disk --overwrite");
    }

    @Override
    int run() throws IOException {
        requireWritten("TARGET", target.get());
        requireNotMounted();
        try (Repository repository = open(LockKind.READ, options);
                ChunkReader chunks = repository.reader()) {
            Point found = repository.points().find(point.get());
            try (RestoreTarget place = RestoreTarget.open(target.get(), found.size(), overwrite.get())) {
                Restore.Result result = work(
                        options,
                        place.path() + " is not complete; run the command again to go on",
                        (progress, stop) -> Restore.run(chunks, found, place, progress, stop));
                sayDamagedIndex(repository);
                return report(found, place, result);
            }
        }
    }

    /** Whatever is mounted from there would be overwritten under its file system's feet. */
    private void requireNotMounted() throws IOException {
        if (!Files.exists(target.get())) {
            return;
        }
        String real = target.get().toRealPath().toString();
        for (MountEntry entry : MountTable.read()) {
            if (entry.source().equals(real)) {
                throw new CliException(target.get() + " is mounted on " + entry.mountPoint() + ": unmount it first");
            }
        }
        if (Files.isRegularFile(target.get())) {
            DiskUse.requireNone(target.get());
        }
    }

    private int report(Point found, RestoreTarget place, Restore.Result result) {
        result.damages().forEach(damage -> Console.error(damage.toString()));
        boolean whole = result.damagedBytes() == 0;
        if (json.get()) {
            Console.println(PointText.json(found)
                    .put("target", (whole ? target.get() : place.path()).toString())
                    .put("complete", whole)
                    .put("bytes_written", result.writtenBytes())
                    .put("bytes_unchanged", result.sameBytes())
                    .put("bytes_damaged", result.damagedBytes())
                    .putStrings(
                            "damages",
                            result.damages().stream().map(Object::toString).toList())
                    .toString());
        } else if (whole) {
            Console.println("restored %s of %s to %s: %s written, %s needed no writing"
                    .formatted(
                            found.id(),
                            found.volume(),
                            target.get(),
                            Amounts.bytes(result.writtenBytes()),
                            Amounts.bytes(result.sameBytes())));
        } else {
            Console.error(place.path() + " lacks " + Amounts.bytes(result.damagedBytes())
                    + " of the image, which the repository does not have any more: it is NOT complete");
        }
        return whole ? 0 : CliException.DAMAGED;
    }
}
